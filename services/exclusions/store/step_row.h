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

// To compare the next clock with.
StepDates DatesOf(const std::vector<StepRow>& rows);

}  // namespace pathways::exclusions
