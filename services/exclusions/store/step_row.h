// A step of an exclusion's clock as it is kept: worked out once, read by everybody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/moves.h"
#include "services/exclusions/domain/rule.h"
#include "services/exclusions/domain/standing.h"
#include "services/exclusions/domain/step.h"

namespace pathways::exclusions {

struct StepRow {
  Step step;
  StepDate date;
  Owner owner;
  // `state` until the day `turns_on`, `turns_to` from then on: nothing is rewritten as days pass.
  StepState state = StepState::kDue;
  std::optional<education::Day> turns_on = {};
  StepState turns_to = StepState::kNotApplicable;
  std::optional<education::Day> done_on = {};
  bool to_do = false;  // somebody has to act
  // The last move.
  std::optional<education::Day> was_due = {};
  std::string moved_because = {};
  // Events published for this due day.
  bool approached = false;
  bool missed = false;

  friend bool operator==(const StepRow&, const StepRow&) = default;
};

StepState StateOn(const StepRow& row, education::Day today);

// The steps that apply, in the order of the steps.
std::vector<StepRow> MakeSteps(const Exclusion& exclusion, const StatutoryClock& clock,
                               const education::SchoolCalendar& calendar);

// What a file of exclusions cannot say was done, because it has no column for it, and what was late
// when the file came: history. It stays late on the exclusion, and is asked of nobody.
void LeaveHistory(std::vector<StepRow>& rows, education::Day came);

// The earliest step somebody has to do: without delay first, then by due day, then in the order of
// the steps. Null when there is none; otherwise of `rows`.
const StepRow* NextToDo(const std::vector<StepRow>& rows);

// To compare the next clock with.
StepDates DatesOf(const std::vector<StepRow>& rows);

}  // namespace pathways::exclusions
