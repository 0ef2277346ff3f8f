#include "services/exclusions/domain/exclusion.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "libs/education/working_calendar.h"
#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/notice.h"
#include "services/exclusions/domain/rule_set.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Session;
using fixture::Day;
using fixture::Excluded;
using fixture::Permanent;
using fixture::Suspended;

TEST(HalfDays, AreSaidInDays) {
  EXPECT_EQ(HalfDays::Of(11).ToDays(), "5.5");
  EXPECT_EQ(HalfDays::Days(45).ToDays(), "45");
  EXPECT_EQ(HalfDays::Of(1).ToDays(), "0.5");
  EXPECT_EQ(HalfDays::Of(1).ToWords(), "half a day");
  EXPECT_EQ(HalfDays::Of(2).ToWords(), "1 day");
  EXPECT_EQ(HalfDays::Of(3).ToWords(), "1.5 days");
  EXPECT_FALSE(HalfDays::FromInt(-1).ok());
  EXPECT_FALSE(HalfDays::FromInt(2001).ok());
  EXPECT_EQ(*HalfDays::FromInt(91), HalfDays::Of(91));
}

TEST(Kind, IsReadAsFilesWriteIt) {
  EXPECT_EQ(*ParseKind("susp"), Kind::kSuspension);
  EXPECT_EQ(*ParseKind(" FIXD "), Kind::kSuspension);
  EXPECT_EQ(*ParseKind("LNCH"), Kind::kLunchtime);
  EXPECT_EQ(*ParseKind("PERM"), Kind::kPermanent);
  EXPECT_FALSE(ParseKind("").ok());
  EXPECT_FALSE(ParseKind("EXCL").ok());
  for (const Kind kind : kKinds) EXPECT_EQ(*ParseKind(KindCode(kind)), kind);
}

TEST(Names, ComeBack) {
  for (const Step step : kSteps) EXPECT_EQ(StepFromName(StepName(step)), step);
  EXPECT_EQ(StepFromName("governors_consider_by"), Step::kGovernorsConsiderBy);
  EXPECT_EQ(StepFromName("lunch"), std::nullopt);
  for (const State state : kStates) EXPECT_EQ(StateFromName(StateName(state)), state);
  for (const char* name : {"decline", "reinstate"}) {
    EXPECT_EQ(BoardDecisionName(*BoardDecisionFromName(name)), name);
  }
  for (const char* name : {"uphold", "recommend", "quash"}) {
    EXPECT_EQ(PanelDecisionName(*PanelDecisionFromName(name)), name);
  }
  for (const char* name : {"school", "governing_board", "local_authority", "parents"}) {
    EXPECT_EQ(OwnerName(*OwnerFromName(name)), name);
  }
}

TEST(Exclusion, StartsBeforeByTimeOfDay) {
  const Day day(2026y / 9 / 7);
  const Exclusion afternoon = Suspended(day, 1, Session::kAfternoon);
  const Exclusion lunch = Excluded(Kind::kLunchtime, day, 1);
  const Exclusion morning = Suspended(day, 1);
  EXPECT_TRUE(StartsBefore(morning, lunch));
  EXPECT_TRUE(StartsBefore(lunch, afternoon));
  EXPECT_FALSE(StartsBefore(afternoon, morning));
  EXPECT_TRUE(StartsBefore(afternoon, Suspended(day + 1, 1)));
  EXPECT_FALSE(StartsBefore(morning, morning));
}

TEST(Exclusion, PermanentCountsOnlyWhileItStands) {
  Exclusion exclusion = Permanent(Day(2026y / 9 / 7));
  for (const State state : kStates) {
    exclusion.state = state;
    EXPECT_EQ(CountsInStatistics(exclusion), state == State::kRecorded) << StateName(state);
  }
}

TEST(Exclusion, SuspensionCountsWhenItBegan) {
  Exclusion exclusion = Suspended(Day(2026y / 9 / 7), 4);
  EXPECT_TRUE(CountsInStatistics(exclusion));
  exclusion.state = State::kCancelled;
  exclusion.ended_on = Day(2026y / 9 / 7);
  EXPECT_TRUE(CountsInStatistics(exclusion)) << "days were served";
  exclusion.ended_on = Day(2026y / 9 / 4);
  EXPECT_FALSE(CountsInStatistics(exclusion)) << "it never began";
  exclusion.state = State::kWithdrawn;
  EXPECT_FALSE(CountsInStatistics(exclusion));
}

TEST(RuleSet, HoldsOnTheDayOfTheDecision) {
  EXPECT_EQ(RuleSetOn(Day(2010y / 1 / 1)).version, "2012-09") << "history";
  EXPECT_EQ(RuleSetOn(Day(2022y / 8 / 31)).version, "2012-09");
  EXPECT_EQ(RuleSetOn(Day(2022y / 9 / 1)).version, "2022-09");
  EXPECT_EQ(RuleSetOn(Day(2026y / 11 / 24)).version, "2023-09");
  EXPECT_EQ(FindRuleSet("2022-09"), &RuleSetOn(Day(2022y / 9 / 1)));
  EXPECT_EQ(FindRuleSet("1999-01"), nullptr);
}

TEST(Notice, ByPostIsGivenOnTheSecondWorkingDayAfter) {
  const auto given = [](Day sent, Delivery how) {
    return GivenOn(sent, how, education::WorkingCalendar::England());
  };
  const Day thursday(2026y / 11 / 12);
  EXPECT_EQ(given(thursday, Delivery::kPost), Day(2026y / 11 / 16));
  EXPECT_EQ(given(Day(2026y / 12 / 24), Delivery::kPost), Day(2026y / 12 / 30));
  for (const Delivery how : {Delivery::kDelivered, Delivery::kEmail, Delivery::kInPerson}) {
    EXPECT_EQ(given(thursday, how), thursday);
    EXPECT_EQ(DeliveryFromName(DeliveryName(how)), how);
  }
}

}  // namespace
}  // namespace pathways::exclusions
