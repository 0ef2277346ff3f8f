#include "services/panel/domain/attendance_there.h"

#include <algorithm>

#include "libs/education/attendance_code.h"

namespace pathways::panel {
namespace {

using education::AttendanceCategory;
using education::AttendanceCode;
using education::Day;
using education::SessionSums;

constexpr int kFourWeeks = 28;

bool IsTaughtOn(const std::vector<Weekday>& days, Day day) {
  const unsigned number = day.weekday().iso_encoding();
  return number <= 5 && std::ranges::find(days, static_cast<Weekday>(number - 1)) != days.end();
}

bool IsThere(std::string_view code) { return code == "B" || code == "K"; }

// What one session counts. Present in the pupil's own school is no session of the placement.
SessionSums CountsThere(std::string_view text, Day day, bool own_register) {
  const auto code = AttendanceCode::FromText(text);
  const auto category = code ? education::Classify(*code, day) : std::nullopt;
  if (!category) return {};
  const bool attends = *category == AttendanceCategory::kPresent ||
                       *category == AttendanceCategory::kApprovedEducationalActivity;
  if (attends && !own_register && !IsThere(text)) return {};
  return CountsOf(*category);
}

void AddSession(std::string_view code, Day day, const PlacementSpan& span, AttendanceThere& there) {
  if (code.empty()) return;
  const bool own = there.source == AttendanceThere::Source::kOwnRegister;
  there.last_mark = std::max(there.last_mark.value_or(day), day);
  if (code == "D") ++there.dual_sessions;
  const SessionSums counts = CountsThere(code, day, own);
  there.since_start += counts;
  if (day > span.last - kFourWeeks) there.last_four_weeks += counts;
}

AttendanceThere Measure(const PlacementSpan& span, const std::vector<RegisterAt>& registers,
                        education::Urn urn, AttendanceThere::Source source) {
  AttendanceThere there{.source = source};
  for (const RegisterAt& one : registers) {
    if (one.urn != urn) continue;
    for (const MarkedDay& day : one.days) {
      if (day.day < span.first || day.day > span.last || !IsTaughtOn(span.days, day.day)) continue;
      AddSession(day.am, day.day, span, there);
      AddSession(day.pm, day.day, span, there);
    }
  }
  if (!there.last_mark) there.source = AttendanceThere::Source::kNone;
  return there;
}

}  // namespace

AttendanceThere MeasureThere(const PlacementSpan& span, const std::vector<RegisterAt>& registers) {
  using enum AttendanceThere::Source;
  if (span.own_register) {
    AttendanceThere own = Measure(span, registers, *span.own_register, kOwnRegister);
    if (own.source != kNone) return own;
  }
  return Measure(span, registers, span.home, kHomeRegister);
}

}  // namespace pathways::panel
