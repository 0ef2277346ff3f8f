#include "services/exclusions/domain/standing.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/working.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using fixture::Calendar;
using fixture::Day;
using fixture::Declined;
using fixture::Permanent;
using fixture::Suspended;

const Day kMonday(2026y / 9 / 7);

Standing Of(Step step, const Exclusion& exclusion, Day today) {
  return StandingOf(step, ClockOf(exclusion, {}, Calendar()), exclusion, Calendar(), today);
}

TEST(Standing, CountsTheSchoolDaysLeft) {
  const Exclusion exclusion = Permanent(Day(2026y / 9 / 15));  // to be considered by 6 October
  EXPECT_EQ(Of(Step::kGovernorsConsiderBy, exclusion, Day(2026y / 10 / 1)),
            (Standing{StepState::kDue, std::nullopt, 3}));
  EXPECT_EQ(Of(Step::kGovernorsConsiderBy, exclusion, Day(2026y / 10 / 3)),
            (Standing{StepState::kDue, std::nullopt, 2}))
      << "on a Saturday Monday and Tuesday are left";
  EXPECT_EQ(Of(Step::kGovernorsConsiderBy, exclusion, Day(2026y / 10 / 6)),
            (Standing{StepState::kDue, std::nullopt, 0}));
  EXPECT_EQ(Of(Step::kGovernorsConsiderBy, exclusion, Day(2026y / 10 / 8)),
            (Standing{StepState::kLate, std::nullopt, -2}));
}

TEST(Standing, WithoutDelayIsLateFromTheNextSchoolDay) {
  const Exclusion exclusion = Suspended(Day(2026y / 9 / 11), 2);  // a Friday
  EXPECT_EQ(Of(Step::kNotifyParents, exclusion, Day(2026y / 9 / 11)).state, StepState::kDue);
  EXPECT_EQ(Of(Step::kNotifyParents, exclusion, Day(2026y / 9 / 13)).state, StepState::kDue);
  EXPECT_EQ(Of(Step::kNotifyParents, exclusion, Day(2026y / 9 / 14)).state, StepState::kLate);
}

TEST(Standing, LateStaysOwedUntilItIsDone) {
  Exclusion exclusion = Suspended(kMonday, 2);
  EXPECT_TRUE(Of(Step::kNotifyParents, exclusion, Day(2027y / 7 / 1)).is_owed());
  exclusion.done[IndexOf(Step::kNotifyParents)] = Day(2026y / 9 / 21);
  const Standing done = Of(Step::kNotifyParents, exclusion, Day(2027y / 7 / 1));
  EXPECT_EQ(done.state, StepState::kDone);
  EXPECT_EQ(done.done_on, Day(2026y / 9 / 21));
}

TEST(Standing, CancelledLeavesNothingOwed) {
  Exclusion exclusion = Permanent(kMonday);
  exclusion.done[IndexOf(Step::kNotifyParents)] = kMonday;
  for (const State state : {State::kCancelled, State::kWithdrawn}) {
    exclusion.state = state;
    exclusion.ended_on = kMonday + 1;
    for (const Step step : kSteps) {
      EXPECT_FALSE(Of(step, exclusion, Day(2027y / 7 / 1)).is_owed()) << StepName(step);
    }
    EXPECT_EQ(Of(Step::kNotifyParents, exclusion, kMonday + 9).state, StepState::kDone);
    EXPECT_EQ(Of(Step::kProvisionFrom, exclusion, kMonday + 9).state, StepState::kMoot);
  }
}

TEST(Standing, ReinstatedAsksForNoProvision) {
  Exclusion exclusion = Permanent(kMonday);
  exclusion.state = State::kReinstated;
  exclusion.decisions.board_met_on = kMonday + 7;
  exclusion.decisions.board_decision = BoardDecision::kReinstate;
  exclusion.decisions.reinstated_from = kMonday + 8;
  EXPECT_EQ(Of(Step::kProvisionFrom, exclusion, kMonday + 30).state, StepState::kMoot);
  EXPECT_EQ(Of(Step::kGovernorsConsiderBy, exclusion, kMonday + 30).state, StepState::kDone);
  EXPECT_EQ(Of(Step::kBoardDecisionNotice, exclusion, kMonday + 30).state, StepState::kLate);
  EXPECT_EQ(Of(Step::kReviewApplyBy, exclusion, kMonday + 30).state, StepState::kNotApplicable);
}

TEST(Standing, TimeToApplyIsTheParents) {
  Exclusion exclusion = Declined();  // until 4 December
  EXPECT_EQ(Of(Step::kReviewApplyBy, exclusion, Day(2026y / 12 / 4)).state, StepState::kDue);
  EXPECT_EQ(Of(Step::kReviewApplyBy, exclusion, Day(2026y / 12 / 5)).state, StepState::kMoot);
  exclusion.decisions.review_waived_on = Day(2026y / 11 / 20);
  EXPECT_EQ(Of(Step::kReviewApplyBy, exclusion, Day(2026y / 11 / 23)).state, StepState::kMoot);
  exclusion.decisions.review_waived_on.reset();
  exclusion.decisions.review_applied_on = Day(2026y / 12 / 3);
  EXPECT_EQ(Of(Step::kReviewApplyBy, exclusion, Day(2026y / 12 / 5)).state, StepState::kDone);
}

TEST(Standing, LeavingTheRollIsNeverLate) {
  EXPECT_EQ(Of(Step::kRemoveFromRoll, Declined(), Day(2027y / 7 / 1)).state, StepState::kDue);
}

TEST(Standing, DecidedOnADayNobodyToldIsDone) {
  Exclusion exclusion = Permanent(kMonday);
  exclusion.decisions.board_decision = BoardDecision::kDecline;
  const Standing standing = Of(Step::kGovernorsConsiderBy, exclusion, Day(2027y / 7 / 1));
  EXPECT_EQ(standing.state, StepState::kDone);
  EXPECT_EQ(standing.done_on, std::nullopt);
}

TEST(StepState, NamesComeBack) {
  for (const std::string_view name : {"due", "done", "late", "moot", "not_applicable"}) {
    EXPECT_EQ(StepStateName(*StepStateFromName(name)), name);
  }
  EXPECT_EQ(StepStateFromName("overdue"), std::nullopt);
}

}  // namespace
}  // namespace pathways::exclusions
