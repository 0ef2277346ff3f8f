// What moved when a clock was computed again, and why.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/step.h"

namespace pathways::exclusions {

// What changed in the world.
enum class MoveCause : std::uint8_t { kCalendar, kExclusion, kEarlierExclusion };
std::string_view MoveCauseName(MoveCause cause);  // calendar, exclusion, earlier_exclusion

struct Move {
  Step step;
  // Nothing: it did not apply, was due without delay, or lay past the known calendar.
  std::optional<education::Day> was_due = {};
  std::optional<education::Day> due = {};
  bool applied = false;  // before
  bool applies = false;  // now
  MoveCause cause;
  std::string why;  // "27 November 2026 is no longer a school day (INSET day: Training)."

  friend bool operator==(const Move&, const Move&) = default;
};

// Only the steps' dates: as they are kept beside an exclusion to compare the next clock with.
using StepDates = std::array<StepDate, kStepCount>;

// Steps that began or ceased to apply, or whose due day changed, in the order of the steps. `cause`
// is what the caller changed. `calendar_before` names the days that became or ceased to be school
// days; without it the sentence says only that the calendar changed.
std::vector<Move> WhatMoved(const StepDates& before, const StatutoryClock& after, MoveCause cause,
                            const education::SchoolCalendar& calendar,
                            const education::SchoolCalendar* calendar_before = nullptr);

}  // namespace pathways::exclusions
