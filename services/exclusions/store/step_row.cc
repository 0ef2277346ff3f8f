#include "services/exclusions/store/step_row.h"

#include <tuple>

namespace pathways::exclusions {
namespace {

using education::Day;
using education::SchoolCalendar;

// The only day on which a step's state can change by itself.
std::optional<Day> TurningDay(const StepDate& date, const SchoolCalendar& calendar) {
  if (date.kind == DueKind::kOnDay) return *date.due + 1;
  if (date.kind != DueKind::kWithoutDelay) return std::nullopt;
  return calendar.NextSchoolDay(date.counting.from).value_or(date.counting.from + 1);
}

StepRow MakeStep(Step step, const Exclusion& exclusion, const StatutoryClock& clock,
                 const SchoolCalendar& calendar) {
  const StepDate& date = clock[step];
  const auto turns_on = TurningDay(date, calendar);
  const auto on = [&](Day day) { return StandingOf(step, clock, exclusion, calendar, day); };
  const Standing before = on(turns_on ? *turns_on - 1 : exclusion.start);
  StepRow row{.step = step,
              .date = date,
              .owner = OwnerOf(step, date.rule),
              .state = before.state,
              .done_on = before.done_on};
  row.to_do = row.owner != Owner::kParents && date.kind != DueKind::kFromDay;
  if (!turns_on || row.state != StepState::kDue) return row;
  const StepState after = on(*turns_on).state;
  if (after == StepState::kDue) return row;
  row.turns_on = turns_on;
  row.turns_to = after;
  return row;
}

// Whether a file of exclusions has a column that says it was done.
bool FileTells(Step step) {
  switch (step) {
    case Step::kNotifyGoverningBoard:
    case Step::kGovernorsConsiderBy:
    case Step::kBoardDecisionNotice:
    case Step::kReviewHearingBy:
    case Step::kPanelDecision:
    case Step::kGovernorsReconsiderBy:
    case Step::kPaymentOrder:
      return true;
    default:
      return false;
  }
}

}  // namespace

StepState StateOn(const StepRow& row, Day today) {
  return row.turns_on && *row.turns_on <= today ? row.turns_to : row.state;
}

std::vector<StepRow> MakeSteps(const Exclusion& exclusion, const StatutoryClock& clock,
                               const SchoolCalendar& calendar) {
  std::vector<StepRow> rows;
  for (const Step step : kSteps) {
    if (clock[step].applies()) rows.push_back(MakeStep(step, exclusion, clock, calendar));
  }
  return rows;
}

void LeaveHistory(std::vector<StepRow>& rows, Day came) {
  for (StepRow& row : rows) {
    if (row.turns_to == StepState::kLate && *row.turns_on <= came && !FileTells(row.step)) {
      row.to_do = false;
    }
  }
}

const StepRow* NextToDo(const std::vector<StepRow>& rows) {
  // Without delay comes first, past the calendar last.
  const auto order = [](const StepRow& row) {
    const int group = row.date.kind == DueKind::kWithoutDelay ? 0 : row.date.due ? 1 : 2;
    return std::tuple(group, row.date.due, row.step);
  };
  const StepRow* next = nullptr;
  for (const StepRow& row : rows) {
    if (row.state != StepState::kDue || !row.to_do) continue;
    if (next == nullptr || order(row) < order(*next)) next = &row;
  }
  return next;
}

StepDates DatesOf(const std::vector<StepRow>& rows) {
  StepDates dates = {};
  for (const StepRow& row : rows) dates[IndexOf(row.step)] = row.date;
  return dates;
}

}  // namespace pathways::exclusions
