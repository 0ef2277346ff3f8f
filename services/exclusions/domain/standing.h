// Where a step of the clock stands on a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/step.h"

namespace pathways::exclusions {

enum class StepState : std::uint8_t {
  kNotApplicable,
  kDue,  // owed, in time
  kDone,
  kLate,  // owed, its time has passed: it stays owed
  kMoot,  // no longer asked for
};
std::string_view StepStateName(StepState state);  // not_applicable, due, done, late, moot
std::optional<StepState> StepStateFromName(std::string_view name);

struct Standing {
  StepState state = StepState::kNotApplicable;
  std::optional<education::Day> done_on = {};  // nothing: owed, or done on a day nobody told
  // From today to the due day: 3 = three school days after today, the due day among them; 0 on the
  // day; negative when it has passed. 0 where there is no due day.
  int school_days_left = 0;

  bool is_owed() const { return state == StepState::kDue || state == StepState::kLate; }

  friend bool operator==(const Standing&, const Standing&) = default;
};

// A cancelled or withdrawn exclusion leaves nothing owed. A reinstated one asks for no provision,
// review or removal any more. Parents' time to apply is theirs: past it, it is moot, not late.
Standing StandingOf(Step step, const StatutoryClock& clock, const Exclusion& exclusion,
                    const education::SchoolCalendar& calendar, education::Day today);

// The day a step was done: as recorded, or as the decisions say. `*done` is true also when it was
// done on a day nobody told.
std::optional<education::Day> DoneOn(Step step, const Exclusion& exclusion, bool* done);

// As in Standing::school_days_left.
int SchoolDaysLeft(education::Day due, const education::SchoolCalendar& calendar,
                   education::Day today);

}  // namespace pathways::exclusions
