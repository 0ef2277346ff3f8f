#include "services/panel/domain/fairness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/builders.h"

namespace pathways::panel {
namespace {

using education::Day;
using ::testing::SizeIs;

Day On(int month, unsigned day) {
  return Day(std::chrono::year(2026) / month / static_cast<int>(day));
}

SchoolOption School(int number, int pupils, std::optional<Phase> phase = Phase::kSecondary,
                    bool open = true) {
  const auto made = testing::MakeSchool(number);
  return {.urn = made.urn,
          .name = "School " + std::to_string(number),
          .phase = phase,
          .open = open,
          .pupils = pupils};
}

TEST(Shares, AreByHeadcountWithinAPhase) {
  const std::vector<SchoolOption> schools = {School(0, 1000), School(1, 500), School(2, 500),
                                             School(3, 400, Phase::kPrimary)};
  const auto shares =
      SharesOf(schools, {{schools[1].urn, 6}, {schools[2].urn, 2}, {schools[3].urn, 1}});
  ASSERT_THAT(shares, SizeIs(4));
  EXPECT_EQ(shares[0].urn, schools[3].urn);
  EXPECT_DOUBLE_EQ(shares[0].fair_share, 1);
  EXPECT_EQ(shares[1].urn, schools[1].urn) << "the one most above its share comes first";
  EXPECT_DOUBLE_EQ(shares[1].fair_share, 2);
  EXPECT_EQ(shares[3].urn, schools[0].urn);
  EXPECT_EQ(shares[3].taken_in, 0);
  EXPECT_DOUBLE_EQ(shares[3].fair_share, 4);
}

TEST(Shares, LeaveOutClosedSchoolsThatTookNobody) {
  const std::vector<SchoolOption> schools = {School(0, 100, Phase::kSecondary, false),
                                             School(1, 100, Phase::kSecondary, false),
                                             School(2, 0)};
  const auto shares = SharesOf(schools, {{schools[1].urn, 1}});
  EXPECT_THAT(shares, SizeIs(2));
}

TEST(Shares, OfNobodyAreNoughts) { EXPECT_EQ(SharesOf({School(0, 0)}, {}).front().fair_share, 0); }

TEST(Durations, HaveTheMiddleOfTheTwoInTheMiddle) {
  const Durations odd = DurationsOf({9, 1, 4});
  EXPECT_EQ(odd.median, 4);
  const Durations even = DurationsOf({10, 1, 4, 5});
  EXPECT_EQ(even.median, 4.5);
  EXPECT_EQ(even.shortest, 1);
  EXPECT_EQ(even.longest, 10);
  EXPECT_EQ(DurationsOf({}).cases, 0);
}

TEST(CaseTimes, AreOfAllThenByPanelThenByKind) {
  const std::vector<CaseCourse> cases = {
      {.phase = Phase::kSecondary,
       .referred = On(9, 7),
       .kind = DecisionKind::kManagedMove,
       .decided = On(9, 21),
       .started = On(9, 28)},
      {.phase = Phase::kSecondary,
       .referred = On(9, 7),
       .kind = DecisionKind::kAlternativeProvision,
       .decided = On(10, 5)},
      {.phase = Phase::kPrimary, .referred = On(10, 1)},
      {.phase = Phase::kPrimary, .referred = On(9, 1), .over = true}};
  const auto times = TimesOf(cases, On(10, 31));
  ASSERT_THAT(times, SizeIs(5));
  EXPECT_EQ(times[0].to_decision.cases, 2);
  EXPECT_EQ(times[0].to_decision.median, 21);
  EXPECT_EQ(times[0].to_start.median, 7);
  EXPECT_EQ(times[0].waiting_for_decision, 1) << "a case that was withdrawn waits for nothing";
  EXPECT_EQ(times[0].longest_wait, 30);
  EXPECT_EQ(times[0].waiting_for_start, 1);
  EXPECT_EQ(times[1].phase, Phase::kPrimary);
  EXPECT_EQ(times[2].phase, Phase::kSecondary);
  EXPECT_EQ(times[2].waiting_for_decision, 0);
  EXPECT_EQ(times[3].kind, DecisionKind::kManagedMove);
  EXPECT_EQ(times[3].to_decision.longest, 14);
}

TEST(Return, HeldOnlyOnRollWithoutExclusionAndPlace) {
  EXPECT_TRUE(ReturnOutcome{}.held());
  EXPECT_FALSE(ReturnOutcome{.excluded_again = true}.held());
  EXPECT_FALSE(ReturnOutcome{.placed_again = true}.held());
  EXPECT_FALSE(ReturnOutcome{.on_roll = false}.held());
}

TEST(Weeks, AreOverWhenTheirLastDayIs) {
  EXPECT_FALSE(WeeksAreOver(On(9, 7), 6, On(10, 18)));
  EXPECT_TRUE(WeeksAreOver(On(9, 7), 6, On(10, 19)));
}

}  // namespace
}  // namespace pathways::panel
