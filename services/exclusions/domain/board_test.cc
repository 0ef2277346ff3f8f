#include "services/exclusions/domain/board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/review.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using fixture::Calendar;
using fixture::Day;
using fixture::Permanent;
using fixture::Suspended;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Day kStart(2026y / 10 / 14);
const Day kToday(2027y / 3 / 1);

StatutoryClock ClockFor(const Exclusion& exclusion) { return ClockOf(exclusion, {}, Calendar()); }

// All that can happen to a permanent exclusion, up to a second decision.
Decisions Everything() {
  return {.board_told_on = kStart,
          .representations_on = kStart + 2,
          .board_met_on = Day(2026y / 11 / 11),
          .board_decision = BoardDecision::kDecline,
          .decision_notice_on = Day(2026y / 11 / 12),
          .review_applied_on = Day(2026y / 12 / 3),
          .panel_met_on = Day(2027y / 1 / 11),
          .panel_decision = PanelDecision::kQuash,
          .panel_notice_on = Day(2027y / 1 / 18),
          .reconsidered_on = Day(2027y / 1 / 27),
          .reconsidered_decision = BoardDecision::kDecline};
}

std::vector<std::string> Fields(const Exclusion& exclusion, const Decisions& now) {
  std::vector<std::string> fields;
  for (const Problem& problem : CheckDecisions(exclusion, now, ClockFor(exclusion), kToday)) {
    fields.push_back(problem.field);
  }
  return fields;
}

TEST(BoardDuty, DependsOnKindDaysAndExamination) {
  const auto duty = [](const Exclusion& exclusion) {
    return BoardDutyOf(ClockFor(exclusion), exclusion);
  };
  const Day monday(2026y / 9 / 7);
  EXPECT_EQ(duty(Suspended(monday, 10)), BoardDuty::kRepresentations);
  EXPECT_EQ(duty(Suspended(monday, 11)), BoardDuty::kMeetsIfAsked);
  EXPECT_EQ(duty(Suspended(monday, 30)), BoardDuty::kMeetsIfAsked);
  EXPECT_EQ(duty(Suspended(monday, 31)), BoardDuty::kMeets);
  EXPECT_EQ(duty(Permanent(monday)), BoardDuty::kMeets);
  Exclusion exam = Suspended(monday, 1);
  exam.exam_on = monday;
  EXPECT_EQ(duty(exam), BoardDuty::kMeets);
}

TEST(Decisions, InTheOrderOfTheLawAreGood) {
  EXPECT_THAT(Fields(Permanent(kStart), Everything()), IsEmpty());
  EXPECT_THAT(Fields(Permanent(kStart), {}), IsEmpty());
  EXPECT_THAT(Fields(Permanent(kStart), {.board_decision = BoardDecision::kDecline}), IsEmpty())
      << "history comes incomplete";
}

TEST(Decisions, CannotComeBeforeWhatTheyFollow) {
  struct Case {
    const char* field;
    std::optional<Day> Decisions::*day;
    Day too_early;
  };
  for (const Case& c :
       {Case{"board_told_on", &Decisions::board_told_on, kStart - 1},
        Case{"representations_on", &Decisions::representations_on, kStart - 1},
        Case{"board_met_on", &Decisions::board_met_on, kStart - 1},
        Case{"decision_notice_on", &Decisions::decision_notice_on, Day(2026y / 11 / 10)},
        Case{"review_applied_on", &Decisions::review_applied_on, Day(2026y / 11 / 11)},
        Case{"panel_met_on", &Decisions::panel_met_on, Day(2026y / 12 / 2)},
        Case{"panel_notice_on", &Decisions::panel_notice_on, Day(2027y / 1 / 10)},
        Case{"reconsidered_on", &Decisions::reconsidered_on, Day(2027y / 1 / 17)}}) {
    Decisions now = Everything();
    now.*c.day = c.too_early;
    EXPECT_THAT(Fields(Permanent(kStart), now), ElementsAre(c.field));
    now.*c.day = kToday + 1;
    EXPECT_THAT(Fields(Permanent(kStart), now), ::testing::Contains(c.field)) << "the future";
  }
}

TEST(Decisions, OfFiveDaysOrFewerReinstateNobody) {
  const Exclusion exclusion = Suspended(Day(2026y / 9 / 7), 10);
  EXPECT_THAT(Fields(exclusion, {.board_met_on = Day(2026y / 9 / 14),
                                 .board_decision = BoardDecision::kReinstate}),
              ElementsAre("board_decision"));
  EXPECT_THAT(
      Fields(Suspended(Day(2026y / 9 / 7), 11), {.board_met_on = Day(2026y / 9 / 14),
                                                 .board_decision = BoardDecision::kReinstate,
                                                 .reinstated_from = Day(2026y / 9 / 15)}),
      IsEmpty());
}

TEST(Decisions, OfASuspensionAreNotReviewed) {
  Decisions now = Everything();
  now.reconsidered_on.reset();
  now.reconsidered_decision.reset();
  EXPECT_THAT(Fields(Suspended(Day(2026y / 9 / 7), 40), now),
              ElementsAre("review_applied_on", "panel_decision"));
}

TEST(Decisions, AreReviewedOnlyWhenTheBoardDeclined) {
  Decisions now = Everything();
  now.board_decision = BoardDecision::kReinstate;
  now.reconsidered_decision.reset();
  now.reconsidered_on.reset();
  EXPECT_THAT(Fields(Permanent(kStart), now), ElementsAre("review_applied_on", "panel_decision"));
}

TEST(Decisions, AreTakenAgainOnlyWhenThePanelAsks) {
  Decisions now = Everything();
  now.panel_decision = PanelDecision::kUphold;
  EXPECT_THAT(Fields(Permanent(kStart), now), ElementsAre("reconsidered_decision"));
  now.panel_decision = PanelDecision::kRecommend;
  EXPECT_THAT(Fields(Permanent(kStart), now), IsEmpty());
  now.reconsidered_decision.reset();
  EXPECT_THAT(Fields(Permanent(kStart), now), ElementsAre("reconsidered_decision"));
}

TEST(Decisions, BelongToTheirNotices) {
  EXPECT_THAT(Fields(Permanent(kStart), {.decision_notice_on = Day(2026y / 11 / 12)}),
              ElementsAre("board_decision"));
  Decisions now = Everything();
  now.panel_decision.reset();
  now.reconsidered_on.reset();
  now.reconsidered_decision.reset();
  EXPECT_THAT(Fields(Permanent(kStart), now), ElementsAre("panel_decision"));
}

TEST(Decisions, GiveADayOfReturnOnlyToTheReinstated) {
  Decisions now = Everything();
  now.reinstated_from = kToday;
  EXPECT_THAT(Fields(Permanent(kStart), now), ElementsAre("reinstated_from"));
  now.reconsidered_decision = BoardDecision::kReinstate;
  EXPECT_THAT(Fields(Permanent(kStart), now), IsEmpty());
  now.reinstated_from = Day(2027y / 1 / 26);
  EXPECT_THAT(Fields(Permanent(kStart), now), ElementsAre("reinstated_from"))
      << "the day before the board decided";
}

TEST(Decisions, AreNotTakenAboutWhatHasEnded) {
  Exclusion exclusion = Permanent(kStart);
  exclusion.state = State::kCancelled;
  EXPECT_THAT(Fields(exclusion, {}), IsEmpty());
  EXPECT_THAT(Fields(exclusion, {.board_decision = BoardDecision::kDecline}),
              ElementsAre("board_decision"));
}

TEST(Decisions, LeadToAState) {
  Exclusion exclusion = Permanent(kStart);
  Decisions now = Everything();
  EXPECT_EQ(StateAfter(exclusion, {}), State::kRecorded);
  EXPECT_EQ(StateAfter(exclusion, now), State::kRecorded);
  now.reconsidered_decision = BoardDecision::kReinstate;
  EXPECT_EQ(StateAfter(exclusion, now), State::kReinstated);
  exclusion.state = State::kReinstated;
  EXPECT_EQ(StateAfter(exclusion, {}), State::kRecorded) << "taken back";
  exclusion.state = State::kWithdrawn;
  EXPECT_EQ(StateAfter(exclusion, now), State::kWithdrawn);
}

Stage StageWith(const Decisions& decisions, Day today = kToday) {
  Exclusion exclusion = Permanent(kStart);
  exclusion.decisions = decisions;
  exclusion.state = StateAfter(exclusion, decisions);
  return StageOf(exclusion, ClockFor(exclusion), today);
}

TEST(Stage, FollowsAPermanentExclusion) {
  Decisions now;
  EXPECT_EQ(StageWith(now), Stage::kBoardToConsider);
  now.board_decision = BoardDecision::kDecline;
  EXPECT_EQ(StageWith(now), Stage::kTimeToApply) << "no notice yet, so no end of it";
  now.decision_notice_on = Day(2026y / 11 / 12);
  EXPECT_EQ(StageWith(now, Day(2026y / 12 / 4)), Stage::kTimeToApply);
  EXPECT_EQ(StageWith(now, Day(2026y / 12 / 5)), Stage::kFinal);
  now.review_waived_on = Day(2026y / 11 / 16);
  EXPECT_EQ(StageWith(now, Day(2026y / 11 / 16)), Stage::kFinal);
  now.review_waived_on.reset();
  now.review_applied_on = Day(2026y / 12 / 3);
  EXPECT_EQ(StageWith(now), Stage::kReviewAsked);
  now.panel_decision = PanelDecision::kUphold;
  EXPECT_EQ(StageWith(now), Stage::kPanelUpheld);
  now.panel_decision = PanelDecision::kRecommend;
  EXPECT_EQ(StageWith(now), Stage::kBoardToReconsider);
  now.reconsidered_decision = BoardDecision::kDecline;
  EXPECT_EQ(StageWith(now), Stage::kFinal);
  now.reconsidered_decision = BoardDecision::kReinstate;
  EXPECT_EQ(StageWith(now), Stage::kReinstated);
}

TEST(Stage, OfASuspensionDependsOnTheBoardsDuty) {
  const auto stage = [](const Exclusion& exclusion) {
    return StageOf(exclusion, ClockFor(exclusion), kToday);
  };
  Exclusion exclusion = Suspended(Day(2026y / 9 / 7), 11);
  EXPECT_EQ(stage(exclusion), Stage::kRecorded);
  exclusion.decisions.representations_on = Day(2026y / 9 / 8);
  EXPECT_EQ(stage(exclusion), Stage::kBoardToConsider);
  exclusion.decisions.board_decision = BoardDecision::kDecline;
  EXPECT_EQ(stage(exclusion), Stage::kBoardDeclined);
  exclusion.state = State::kCancelled;
  EXPECT_EQ(stage(exclusion), Stage::kCancelled);
}

Payment PaymentWith(const Decisions& decisions, Day today) {
  Exclusion exclusion = Permanent(kStart);
  exclusion.decisions = decisions;
  exclusion.state = StateAfter(exclusion, decisions);
  return PaymentOf(exclusion, ClockFor(exclusion), today);
}

TEST(Payment, IsOwedUnlessTheBoardReinstates) {
  Decisions now = Everything();
  EXPECT_EQ(PaymentWith(now, kToday).state, PaymentState::kOwed);
  EXPECT_EQ(PaymentWith(now, kToday).from, Day(2027y / 1 / 27));
  EXPECT_EQ(PaymentWith(now, kToday).pounds, 4000);
  now.reconsidered_decision.reset();
  now.reconsidered_on.reset();
  EXPECT_EQ(PaymentWith(now, Day(2027y / 2 / 1)).state, PaymentState::kPending);
  EXPECT_EQ(PaymentWith(now, Day(2027y / 2 / 2)).state, PaymentState::kOwed) << "not in time";
  now.reconsidered_decision = BoardDecision::kReinstate;
  EXPECT_EQ(PaymentWith(now, kToday).state, PaymentState::kNone);
  now = Everything();
  now.panel_decision = PanelDecision::kRecommend;
  EXPECT_EQ(PaymentWith(now, kToday).state, PaymentState::kNone);
}

}  // namespace
}  // namespace pathways::exclusions
