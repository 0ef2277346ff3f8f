#include "services/attendance/domain/day_marks.h"

#include <algorithm>
#include <array>
#include <optional>

namespace pathways::attendance {
namespace {

using education::AttendanceCode;
using education::Session;

DayMarks BlankDay(std::string_view known, const std::vector<bool>& on_roll) {
  DayMarks marks(2 * on_roll.size(), AttendanceCode::kNotOnRollByte);
  for (std::size_t slot = 0; slot < on_roll.size(); ++slot) {
    if (on_roll[slot]) marks[2 * slot] = marks[2 * slot + 1] = '-';
  }
  for (std::size_t i = 0; i < known.size() && i < marks.size(); ++i) {
    if (IsRealMark(known[i])) marks[i] = known[i];
  }
  return marks;
}

// What both sessions of a slot count; nothing when it was on roll in neither.
std::optional<education::SessionSums> SumsOf(
    std::string_view marks, std::size_t slot,
    const std::array<education::SessionSums, 256>& counts) {
  const char morning = MarkAt(marks, slot, Session::kMorning);
  const char afternoon = MarkAt(marks, slot, Session::kAfternoon);
  if (morning == AttendanceCode::kNotOnRollByte && afternoon == AttendanceCode::kNotOnRollByte) {
    return std::nullopt;
  }
  return counts[static_cast<unsigned char>(morning)] +
         counts[static_cast<unsigned char>(afternoon)];
}

// Sessions in which anybody's attendance was possible.
int SessionsHeld(std::string_view marks, const std::array<education::SessionSums, 256>& counts) {
  std::array<bool, 2> held{};
  for (std::size_t at = 0; at < marks.size(); ++at) {
    if (counts[static_cast<unsigned char>(marks[at])].possible > 0) held[at % 2] = true;
  }
  return (held[0] ? 1 : 0) + (held[1] ? 1 : 0);
}

}  // namespace

char MarkAt(std::string_view marks, std::size_t slot, Session session) {
  const std::size_t at = 2 * slot + static_cast<std::size_t>(session);
  return at < marks.size() ? marks[at] : AttendanceCode::kNotOnRollByte;
}

MergedDay MergeDay(std::string_view known, const std::vector<bool>& on_roll,
                   std::span<const char> said) {
  MergedDay merged;
  merged.marks = BlankDay(known, on_roll);
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (said[i] == 0) continue;
    char& mark = merged.marks[i];
    if (mark == said[i]) {
      ++merged.unchanged;
      continue;
    }
    if (IsRealMark(mark)) {
      merged.amendments.push_back({i / 2, static_cast<Session>(i % 2), mark, said[i]});
    } else {
      ++merged.added;
    }
    mark = said[i];
  }
  return merged;
}

std::int64_t CountMarks(std::string_view marks) {
  return std::count_if(marks.begin(), marks.end(), IsRealMark);
}

DayAbsences AbsencesOf(std::string_view marks, education::Day day) {
  const auto& counts = education::CountsFor(day);
  DayAbsences absences{.sessions = SessionsHeld(marks, counts)};
  for (std::size_t slot = 0; 2 * slot < marks.size(); ++slot) {
    const auto sums = SumsOf(marks, slot, counts);
    if (!sums) continue;
    const SlotAbsence one{slot, sums->absent(), sums->unauthorised,
                          absences.sessions - sums->possible};
    if (one.absent > 0 || one.not_possible > 0) absences.slots.push_back(one);
  }
  return absences;
}

}  // namespace pathways::attendance
