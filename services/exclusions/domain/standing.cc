#include "services/exclusions/domain/standing.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pathways::exclusions {
namespace {

using education::Day;
using education::SchoolCalendar;

constexpr std::array<std::string_view, 5> kNames = {"not_applicable", "due", "done", "late",
                                                    "moot"};

// What the decisions say of a step they complete.
struct Decided {
  bool done = false;
  std::optional<Day> on = {};
};

Decided ByDecisions(Step step, const Decisions& decisions) {
  const auto met = [](const std::optional<Day>& day, bool decided) {
    return Decided{day.has_value() || decided, day};
  };
  switch (step) {
    case Step::kNotifyGoverningBoard:
      return met(decisions.board_told_on, false);
    case Step::kGovernorsConsiderBy:
      return met(decisions.board_met_on, decisions.board_decision.has_value());
    case Step::kBoardDecisionNotice:
      return met(decisions.decision_notice_on, false);
    case Step::kReviewApplyBy:
      return met(decisions.review_applied_on, false);
    case Step::kReviewHearingBy:
      return met(decisions.panel_met_on, decisions.panel_decision.has_value());
    case Step::kPanelDecision:
      return met(decisions.panel_notice_on, false);
    case Step::kGovernorsReconsiderBy:
      return met(decisions.reconsidered_on, decisions.reconsidered_decision.has_value());
    default:
      return {};
  }
}

bool EndsWithReinstatement(Step step) {
  return step == Step::kProvisionFrom || step == Step::kReviewApplyBy ||
         step == Step::kReviewHearingBy || step == Step::kRemoveFromRoll;
}

bool IsMoot(Step step, const StepDate& date, const Exclusion& exclusion, Day today) {
  if (exclusion.state == State::kCancelled || exclusion.state == State::kWithdrawn) return true;
  if (exclusion.state == State::kReinstated && EndsWithReinstatement(step)) return true;
  if (step != Step::kReviewApplyBy) return false;
  return exclusion.decisions.review_waived_on.has_value() || (date.due && *date.due < today);
}

bool IsLate(const StepDate& date, const SchoolCalendar& calendar, Day today) {
  if (date.kind == DueKind::kOnDay) return *date.due < today;
  if (date.kind != DueKind::kWithoutDelay) return false;
  const auto next = calendar.NextSchoolDay(date.counting.from);
  return next ? *next <= today : date.counting.from < today;
}

}  // namespace

int SchoolDaysLeft(Day due, const SchoolCalendar& calendar, Day today) {
  if (due >= today) return calendar.SchoolDaysBetween(today + 1, due);
  return -calendar.SchoolDaysBetween(due + 1, today);
}

std::string_view StepStateName(StepState state) { return kNames[static_cast<std::size_t>(state)]; }

std::optional<StepState> StepStateFromName(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<StepState>(found - kNames.begin());
}

std::optional<Day> DoneOn(Step step, const Exclusion& exclusion, bool* done) {
  const Decided decided = ByDecisions(step, exclusion.decisions);
  const auto& told = exclusion.done[IndexOf(step)];
  *done = decided.done || told.has_value();
  return decided.on ? decided.on : told;
}

Standing StandingOf(Step step, const StatutoryClock& clock, const Exclusion& exclusion,
                    const SchoolCalendar& calendar, Day today) {
  const StepDate& date = clock[step];
  Standing standing;
  if (!date.applies()) return standing;
  bool done = false;
  standing.done_on = DoneOn(step, exclusion, &done);
  if (date.due) standing.school_days_left = SchoolDaysLeft(*date.due, calendar, today);
  if (done) {
    standing.state = StepState::kDone;
  } else if (IsMoot(step, date, exclusion, today)) {
    standing.state = StepState::kMoot;
  } else {
    standing.state = IsLate(date, calendar, today) ? StepState::kLate : StepState::kDue;
  }
  return standing;
}

}  // namespace pathways::exclusions
