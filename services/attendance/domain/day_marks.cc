#include "services/attendance/domain/day_marks.h"

#include <algorithm>

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

}  // namespace pathways::attendance
