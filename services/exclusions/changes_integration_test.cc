// What happens after recording, on a real PostgreSQL.
#include <gmock/gmock.h>

#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Changing : public ExclusionsWorld {};

TEST_F(Changing, AReductionIsHistoryAndMovesTheClock) {
  const auto recorded = Record(1, 1, Suspension("2026-09-07", 12));
  auto facts = Suspension("2026-09-07", 6);
  const auto changed = Change(Staff(), recorded, facts);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->version(), 2);
  EXPECT_EQ(changed->end_date(), "2026-09-09");
  EXPECT_EQ(changed->totals().half_days_in_term(), 6);
  EXPECT_EQ(DueOf(IdOf(1), "provision_from"), "x");
  const auto timeline = Timeline(Staff(), 1);
  EXPECT_THAT(Kinds(Staff(), 1), Contains("exclusion_changed"));
  EXPECT_THAT(Kinds(Staff(), 1), Contains("deadline_moved"));
  bool told = false;
  for (const auto& entry : timeline) {
    told = told || entry.change().find("length: 6 days -> 3 days") != std::string::npos;
  }
  EXPECT_TRUE(told);
  EXPECT_THAT(Events(), Contains("ExclusionChanged"));
  facts.set_half_days(14);
  EXPECT_THAT(Fields(Change(Staff(), *changed, facts).status()), ElementsAre("facts.half_days"))
      << "no extension";
  EXPECT_THAT(Fields(Change(Staff(), *changed, Permanent("2026-09-07")).status()),
              ElementsAre("facts.kind"))
      << "no conversion";
}

TEST_F(Changing, WhoSawAnOlderVersionHearsWhoChangedIt) {
  const auto recorded = Record(1, 1, Suspension("2026-11-23", 6));
  ASSERT_TRUE(Done(Staff(), recorded, "notify_parents", "2026-11-23", "email").ok());
  const auto late = Done(Officer(), recorded, "set_work", "2026-11-23");
  EXPECT_EQ(late.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(late.status().message()), HasSubstr(testing::MakePersonId(1).ToString()));
}

TEST_F(Changing, StepsAreDoneAndTakenBack) {
  const auto recorded = Record(1, 1, Suspension("2026-11-23", 6));
  const auto done = Done(Staff(), recorded, "notify_parents", "2026-11-23", "post");
  ASSERT_TRUE(done.ok()) << done.status();
  ASSERT_EQ(done->done_size(), 1);
  EXPECT_EQ(done->done(0).how(), "post");
  EXPECT_EQ(done->next_step(), "notify_local_authority");
  const auto back = Done(Staff(), *done, "notify_parents", "");
  ASSERT_TRUE(back.ok()) << back.status();
  EXPECT_EQ(back->done_size(), 0);
  EXPECT_EQ(back->next_step(), "notify_parents");
  EXPECT_THAT(Kinds(Staff(), 1),
              ElementsAre("suspension_recorded", "step_done", "step_taken_back"));
  EXPECT_THAT(Fields(Done(Staff(), *back, "payment_order", "2026-11-23").status()),
              ElementsAre("done.step"));
  EXPECT_THAT(Fields(Done(Staff(), *back, "tea", "2026-11-23").status()), ElementsAre("done.step"));
  EXPECT_THAT(Fields(Done(Staff(), *back, "set_work", "2026-11-29").status()),
              ElementsAre("done.on"));
}

TEST_F(Changing, TheDayTheBoardWasToldMovesItsDate) {
  Record(1, 1, Suspension("2026-09-07", 20));
  const auto second = Record(2, 1, Suspension("2026-11-09", 11));
  EXPECT_EQ(DueOf(IdOf(2), "governors_consider_by"), "2026-12-01");
  clock_.Set(education::FixedClock(Day(2026, 11, 10)).Now());
  v1::Decisions decisions;
  decisions.set_board_told_on("2026-11-10");
  const auto decided = Decide(Staff(), second, decisions);
  ASSERT_TRUE(decided.ok()) << decided.status();
  EXPECT_EQ(DueOf(IdOf(2), "governors_consider_by"), "2026-12-02") << "worked example 10";
  const auto clock = ClockOf(IdOf(2));
  for (const auto& step : clock.steps()) {
    if (step.step() != "governors_consider_by") continue;
    EXPECT_EQ(step.was_due(), "2026-12-01");
    EXPECT_THAT(step.moved_because(), HasSubstr("10 November 2026"));
  }
  const auto moved =
      Rows("select payload from events.outbox where type = 'pathways.exclusions.v1.DeadlineMoved'");
  EXPECT_EQ(moved.size(), 1u);
}

TEST_F(Changing, DecisionsThatCannotBeNameTheirField) {
  const auto recorded = Record(1, 1, Suspension("2026-11-23", 4));
  v1::Decisions decisions;
  decisions.set_board_met_on("2026-11-23");
  decisions.set_board_decision("reinstate");
  EXPECT_THAT(Fields(Decide(Staff(), recorded, decisions).status()),
              ElementsAre("decisions.board_decision"))
      << "5 days or fewer: no reinstatement can be ordered";
  decisions.set_board_decision("perhaps");
  EXPECT_THAT(Fields(Decide(Staff(), recorded, decisions).status()),
              ElementsAre("decisions.board_decision"));
  decisions.Clear();
  decisions.set_review_applied_on("2026-11-23");
  EXPECT_THAT(Fields(Decide(Staff(), recorded, decisions).status()),
              Contains("decisions.review_applied_on"));
}

TEST_F(Changing, CancelledLeavesNothingOwedAndStaysInHistory) {
  const auto recorded = Record(1, 1, Permanent("2026-11-16"));
  clock_.Set(education::FixedClock(Day(2026, 11, 18)).Now());
  const auto ended = End(Staff(), recorded, v1::ENDING_CANCEL, "2026-11-18");
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(ended->state(), v1::EXCLUSION_STATE_CANCELLED);
  EXPECT_EQ(ended->ended_reason(), "New evidence came to light.");
  EXPECT_EQ(ended->next_step(), "");
  EXPECT_THAT(Deadlines(Staff()), IsEmpty());
  EXPECT_EQ(List(Staff()).size(), 1u);
  EXPECT_THAT(Events(), Contains("ExclusionCancelled"));
  EXPECT_THAT(Fields(End(Staff(), *ended, v1::ENDING_WITHDRAW, "2026-11-18").status()),
              ElementsAre("ending"));
}

TEST_F(Changing, WithdrawnCountsNowhereAndMakesRoomForTheRightOne) {
  const auto wrong = Record(1, 1, Suspension("2026-11-09", 20));
  Record(2, 1, Suspension("2026-11-23", 4));
  EXPECT_EQ(Get(Staff(), IdOf(2))->totals().half_days_in_term(), 24);
  const auto ended = End(Staff(), wrong, v1::ENDING_WITHDRAW, "2026-11-23");
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(Get(Staff(), IdOf(2))->totals().half_days_in_term(), 4);
  ASSERT_TRUE(TryRecord(Staff(), 3, 1, Suspension("2026-11-09", 2)).ok());
  EXPECT_EQ(Get(Staff(), IdOf(2))->totals().half_days_in_term(), 6);
}

TEST_F(Changing, ACancellationAfterTheBoardMetIsRefused) {
  const auto recorded = Record(1, 1, Permanent("2026-11-16"));
  clock_.Set(education::FixedClock(Day(2026, 11, 25)).Now());
  v1::Decisions decisions;
  decisions.set_board_met_on("2026-11-24");
  decisions.set_board_decision("decline");
  const auto decided = Decide(Officer(), recorded, decisions, "They heard the parents.");
  ASSERT_TRUE(decided.ok()) << decided.status();
  EXPECT_THAT(Fields(End(Staff(), *decided, v1::ENDING_CANCEL, "2026-11-25").status()),
              ElementsAre("ending"));
}

class Deadlines : public ExclusionsWorld {
 protected:
  v1::GetWorkCountsResponse Counts(const access::Caller& caller) {
    return *Ask<v1::GetWorkCountsResponse>(caller, "GetWorkCounts", v1::GetWorkCountsRequest());
  }
  static std::vector<std::string> Steps(const std::vector<v1::Deadline>& deadlines) {
    std::vector<std::string> steps;
    for (const auto& one : deadlines) steps.push_back(one.step().step());
    return steps;
  }
};

TEST_F(Deadlines, AreOwedInOrderAndLateOnceTheirDayHasPassed) {
  Record(1, 1, Permanent("2026-11-16"));
  auto owed = ExclusionsWorld::Deadlines(Staff());
  ASSERT_EQ(owed.size(), 6u);
  EXPECT_EQ(owed.back().step().step(), "governors_consider_by");
  EXPECT_EQ(owed[0].step().due(), "") << "without delay first";
  EXPECT_EQ(owed[0].step().state(), v1::STEP_STATE_DUE);
  EXPECT_EQ(Counts(Staff()).late(), 0);
  clock_.Set(education::FixedClock(Day(2026, 11, 17)).Now());
  v1::ListDeadlinesRequest late;
  late.set_late(true);
  owed = ExclusionsWorld::Deadlines(Staff(), late);
  EXPECT_THAT(Steps(owed), ElementsAre("notify_governing_board", "notify_local_authority",
                                       "notify_parents", "set_work"));
  EXPECT_EQ(owed[0].step().state(), v1::STEP_STATE_LATE);
  EXPECT_TRUE(owed[0].exclusion().next_late());
  EXPECT_EQ(Counts(Staff()).late(), 4);
  EXPECT_EQ(Counts(Staff()).due_soon(), 1) << "provision on the 24th";
  EXPECT_EQ(Counts(Staff()).permanent_open(), 1);
  EXPECT_EQ(Counts(Staff(1)).late(), 0);
  v1::ListDeadlinesRequest board;
  board.set_owner("governing_board");
  EXPECT_THAT(Steps(ExclusionsWorld::Deadlines(Officer(), board)),
              ElementsAre("governors_consider_by"));
}

TEST_F(Deadlines, AreSaidOnceWhenNearAndOnceWhenPassed) {
  Record(1, 1, Permanent("2026-11-16"));
  const absl::Status watched = Watch();
  ASSERT_TRUE(watched.ok()) << watched;
  // Set work is due the same day; provision on the 24th is the sixth school day ahead.
  EXPECT_THAT(Events(), ElementsAre("PermanentExclusionRecorded", "DeadlineApproaching"));
  ASSERT_TRUE(Watch().ok());
  EXPECT_EQ(Events().size(), 2u);
  clock_.Set(education::FixedClock(Day(2026, 11, 17)).Now());
  ASSERT_TRUE(Watch().ok());
  ASSERT_TRUE(Watch().ok());
  EXPECT_THAT(Events(), Contains("DeadlineMissed").Times(4));
  EXPECT_THAT(Events(), Contains("DeadlineApproaching").Times(2)) << "provision, too";
  EXPECT_THAT(Kinds(Staff(), 1), Contains("deadline_passed").Times(4));
  // Done in the end: nothing more is said.
  auto seen = *Get(Staff(), IdOf(1));
  ASSERT_TRUE(Done(Staff(), seen, "notify_parents", "2026-11-17").ok());
  ASSERT_TRUE(Watch().ok());
  EXPECT_THAT(Events(), Contains("DeadlineMissed").Times(4));
}

TEST_F(Deadlines, OfLongAgoAreNoNewsWhenTheyComeInAsHistory) {
  auto facts = Suspension("2026-09-07", 4);
  facts.set_history(true);
  ASSERT_TRUE(TryRecord(Staff(), 1, 1, facts).ok());
  ASSERT_TRUE(Watch().ok());
  EXPECT_THAT(Events(), ElementsAre("SuspensionRecorded"));
  EXPECT_FALSE(ExclusionsWorld::Deadlines(Staff()).empty()) << "they stay owed";
}

}  // namespace
}  // namespace pathways::exclusions
