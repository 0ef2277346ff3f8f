#include "libs/education/unauthorised_threshold.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace pathways::education {
namespace {

std::size_t SlotOf(int week) { return static_cast<std::size_t>(week % kUnauthorisedWindowWeeks); }

}  // namespace

void UnauthorisedWindow::MoveTo(int week) {
  // Each week moved to takes over the slot of the one that leaves the window; after ten all have
  // left.
  const int last_to_clear = std::min(week, week_ + kUnauthorisedWindowWeeks);
  for (int w = week_ + 1; w <= last_to_clear; ++w) {
    count_ -= weeks_[SlotOf(w)];
    weeks_[SlotOf(w)] = 0;
  }
  week_ = week;
}

bool UnauthorisedWindow::Add(int week, int sessions) {
  const int before = count_;
  if (week > week_) MoveTo(week);
  weeks_[SlotOf(week_)] += sessions;
  count_ += sessions;
  return ReachesUnauthorisedThreshold(before, count_);
}

std::vector<UnauthorisedCrossing> UnauthorisedCrossings(std::span<const UnauthorisedDay> days,
                                                        const SchoolCalendar& calendar) {
  std::vector<UnauthorisedCrossing> crossings;
  UnauthorisedWindow window;
  const auto add = [&](Day day, int sessions) {
    if (sessions == 0 && !calendar.IsSchoolDay(day)) return;
    const int week = calendar.SchoolWeekNumber(day).value_or(window.week());
    if (week > 0 && window.Add(week, sessions)) crossings.push_back({day, window.count()});
  };
  auto next = days.begin();
  // Every school day counts, also those without a session: the count may fall below the threshold
  // in between.
  for (const Day day : calendar.school_days()) {
    for (; next != days.end() && next->day < day; ++next) add(next->day, next->sessions);
    if (next == days.end()) break;
    add(day, next->day == day ? (next++)->sessions : 0);
  }
  for (; next != days.end(); ++next) add(next->day, next->sessions);
  return crossings;
}

}  // namespace pathways::education
