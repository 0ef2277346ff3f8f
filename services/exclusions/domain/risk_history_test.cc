#include "services/exclusions/domain/risk_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/exclusions/domain/risk_fixture.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using fixture::AtSchool;
using fixture::On;
using fixture::Pupil;
using fixture::Suspension;

const Day kToday = On("2026-11-16");  // a Monday

TEST(Registers, CountSessionsAndSchoolWeeks) {
  const Registers registers({{On("2026-10-19"), 2},
                             {On("2026-10-20"), 2},
                             {On("2026-10-23"), 1},
                             {On("2026-10-26"), 0},  // half term
                             {On("2026-11-02"), 2}});
  EXPECT_EQ(registers.Sessions(On("2026-10-19"), On("2026-11-02")), 5);
  EXPECT_EQ(registers.Sessions(On("2026-11-02"), On("2026-10-19")), 0);
  EXPECT_EQ(registers.WeeksBack(On("2026-11-04"), 1), On("2026-11-02"));
  EXPECT_EQ(registers.WeeksBack(On("2026-11-04"), 2), On("2026-10-19")) << "half term is no week";
  EXPECT_EQ(registers.WeeksBack(On("2026-11-04"), 9), On("2026-10-19"));
  EXPECT_FALSE(registers.WeeksBack(On("2026-10-18"), 1).has_value());
  EXPECT_FALSE(Registers().WeeksBack(kToday, 1).has_value());
  EXPECT_EQ(registers.Weeks(On("2026-11-01")), 1);
}

TEST(RiskFacts, CountSuspensionsOfTheRollingYear) {
  RiskHistory pupil = Pupil();
  pupil.exclusions = {Suspension("2025-11-16", 20, {"PP"}),  // a year ago today: outside
                      Suspension("2025-11-17", 1, {"DB", "VA"}), Suspension("2026-03-02", 2),
                      Suspension("2026-09-14", 4), Suspension("2026-11-17", 9)};  // to come
  const RiskFacts facts = FactsOn(pupil, kToday);
  EXPECT_EQ(facts.suspensions, 3);
  EXPECT_EQ(facts.half_days_suspended, 7);
  EXPECT_TRUE(facts.rising_length);
  EXPECT_EQ(facts.repeat_reason, 3);
  EXPECT_EQ(facts.year, 8);
  EXPECT_FALSE(facts.primary);
  EXPECT_EQ(LookAgainOn(pupil, On("2026-11-15")), On("2026-11-16"));
}

TEST(RiskFacts, LeaveOutWhatNeverWas) {
  RiskHistory pupil = Pupil();
  pupil.exclusions = {Suspension("2026-10-05", 2), Suspension("2026-10-12", 2),
                      Suspension("2026-10-19", 2)};
  pupil.exclusions[0].state = State::kWithdrawn;
  pupil.exclusions[1].state = State::kCancelled;
  pupil.exclusions[1].ended_on = On("2026-10-09");  // before it began
  pupil.exclusions[2].state = State::kCancelled;
  pupil.exclusions[2].ended_on = On("2026-10-19");
  EXPECT_EQ(FactsOn(pupil, kToday).suspensions, 1);
}

TEST(RiskFacts, CountAbsenceWhileOnRoll) {
  RiskHistory pupil = Pupil();
  pupil.stays = {AtSchool("2026-11-02")};  // 11 weekdays: 22 sessions
  pupil.stays[0].missed = {
      {On("2026-11-02"), 2, 2, 0}, {On("2026-11-03"), 1, 0, 1}, {On("2026-11-10"), 0, 0, 2}};
  const RiskFacts facts = FactsOn(pupil, kToday);
  EXPECT_EQ(facts.absence_percent, 15) << "3 of 19 possible sessions";
  EXPECT_EQ(facts.unauthorised_sessions, 2);
  EXPECT_EQ(FactsOn(pupil, On("2026-11-01")).absence_percent, 0) << "not on roll yet";
}

TEST(RiskFacts, CompareUnauthorisedAbsenceWithTheTenWeeksBefore) {
  RiskHistory pupil = Pupil();
  // The ten weeks that end with today's begin on 14 September.
  pupil.stays[0].missed = {{On("2026-09-10"), 2, 1, 0}, {On("2026-09-14"), 2, 2, 0}};
  EXPECT_EQ(FactsOn(pupil, kToday).unauthorised_sessions, 2);
  EXPECT_TRUE(FactsOn(pupil, kToday).unauthorised_rising);
  pupil.stays[0].missed[0].unauthorised = 2;
  EXPECT_FALSE(FactsOn(pupil, kToday).unauthorised_rising);
  EXPECT_EQ(FactsOn(pupil, kToday + 7).unauthorised_sessions, 0);
  EXPECT_EQ(LookAgainOn(pupil, kToday), kToday + 7) << "on Mondays windows move";
}

TEST(RiskFacts, CompareNothingWithFewerWeeks) {
  std::vector<Registers::Held> held;
  for (Day day = On("2026-09-07"); day <= kToday; ++day) held.push_back({day, 2});
  const Registers registers(held);  // eleven weeks: ten, and one before them
  RiskHistory pupil = Pupil();
  pupil.stays[0].registers = &registers;
  pupil.stays[0].missed = {{On("2026-10-05"), 2, 2, 0}};
  EXPECT_EQ(FactsOn(pupil, kToday).unauthorised_sessions, 2);
  EXPECT_FALSE(FactsOn(pupil, kToday).unauthorised_rising);
}

TEST(RiskFacts, TakeRecordedValuesOfTheDay) {
  RiskHistory pupil = Pupil();
  pupil.recorded = {{.from = {}, .year_group = "6", .sen_provision = "K"},
                    {.from = On("2026-09-01"), .year_group = "7", .sen_provision = "E"}};
  EXPECT_TRUE(FactsOn(pupil, On("2026-08-31")).sen_support);
  EXPECT_TRUE(FactsOn(pupil, On("2026-08-31")).primary);
  EXPECT_FALSE(FactsOn(pupil, kToday).sen_support) << "a plan brings no points";
  EXPECT_FALSE(FactsOn(pupil, kToday).primary);
  pupil.recorded = {{.year_group = "R"}};
  EXPECT_TRUE(FactsOn(pupil, kToday).primary);
  EXPECT_FALSE(FactsOn(pupil, kToday).year.has_value());
}

TEST(RiskFacts, CountMovesOutsideTheUsualTimes) {
  RiskHistory pupil = Pupil();
  pupil.stays = {AtSchool("2019-09-02", 900002, "State-funded primary"),
                 AtSchool("2024-09-02", 900001), AtSchool("2025-02-24", 900003)};
  EXPECT_EQ(FactsOn(pupil, kToday).school_moves, 1) << "secondary school is no move";
  pupil.stays.push_back(AtSchool("2025-09-03", 900004));
  EXPECT_EQ(FactsOn(pupil, kToday).school_moves, 2) << "year 8 begins nowhere";
  pupil.recorded[0].year_group = "10";
  EXPECT_EQ(FactsOn(pupil, kToday).school_moves, 1);
  EXPECT_EQ(FactsOn(pupil, On("2028-03-01")).school_moves, 0) << "three years later";
}

TEST(RiskFacts, KnowSocialCareAndSupport) {
  RiskHistory pupil = Pupil();
  pupil.exclusions = {Suspension("2026-01-12", 2)};
  pupil.exclusions[0].has_social_worker = true;
  pupil.support = {{"early_help", On("2026-10-01"), {}},
                   {"placement", On("2026-10-05"), On("2026-10-30")}};
  EXPECT_TRUE(FactsOn(pupil, kToday).social_care);
  EXPECT_FALSE(FactsOn(pupil, On("2027-01-13")).social_care);
  EXPECT_EQ(FactsOn(pupil, On("2026-10-30")).support_in_place, 2);
  EXPECT_EQ(FactsOn(pupil, kToday).support_in_place, 1);
  EXPECT_EQ(FactsOn(pupil, On("2027-10-02")).support_in_place, 0) << "an end nobody told";
}

TEST(RiskHistory, KnowsWhoCanBeProposed) {
  RiskHistory pupil = Pupil();
  EXPECT_TRUE(CanBeProposed(pupil, kToday));
  pupil.exclusions = {{.kind = Kind::kPermanent, .start = On("2026-10-05")}};
  EXPECT_TRUE(CanBeProposed(pupil, On("2026-10-04")));
  EXPECT_FALSE(CanBeProposed(pupil, kToday));
  pupil.stays.push_back(AtSchool("2026-11-02", 900002));
  EXPECT_TRUE(CanBeProposed(pupil, kToday)) << "a new school";
  pupil.stays.back().leaving = On("2026-11-13");
  pupil.stays.front().leaving = On("2026-10-30");
  EXPECT_FALSE(CanBeProposed(pupil, kToday));
}

TEST(Outcome, IsTheGravestThatCameAfter) {
  RiskHistory pupil = Pupil();
  pupil.exclusions = {Suspension("2026-10-05", 2), Suspension("2026-11-30", 2)};
  EXPECT_EQ(OutcomeBetween(pupil, On("2026-10-05"), kToday), Outcome::kNone);
  EXPECT_EQ(OutcomeBetween(pupil, On("2026-10-04"), kToday), Outcome::kSuspended);
  pupil.exclusions.push_back({.kind = Kind::kPermanent, .start = On("2026-12-01")});
  EXPECT_EQ(OutcomeBetween(pupil, kToday, kToday + 90), Outcome::kPermanentlyExcluded);
  pupil.exclusions.back().state = State::kReinstated;
  EXPECT_EQ(OutcomeBetween(pupil, kToday, kToday + 90), Outcome::kSuspended);
}

TEST(LookAgain, IsNeverForWhoHasNothing) { EXPECT_FALSE(LookAgainOn(Pupil(), kToday).has_value()); }

}  // namespace
}  // namespace pathways::exclusions
