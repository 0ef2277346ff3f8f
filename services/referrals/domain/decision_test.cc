#include "services/referrals/domain/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "services/referrals/domain/absence_change.h"

namespace pathways::referrals {
namespace {

using namespace std::chrono_literals;
using education::Day;
using education::WorkingCalendar;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum Action;

TEST(DecisionDue, SkipsWeekendsAndBankHolidays) {
  const auto due = [](Day sent, int days) {
    return DecisionDue(sent, days, WorkingCalendar::England());
  };
  EXPECT_EQ(due(Day(2026y / 11 / 2), 2), Day(2026y / 11 / 4));
  EXPECT_EQ(due(Day(2026y / 11 / 6), 2), Day(2026y / 11 / 10));
  EXPECT_EQ(due(Day(2026y / 12 / 24), 2), Day(2026y / 12 / 30));
  EXPECT_EQ(due(Day(2026y / 12 / 24), 1), Day(2026y / 12 / 29));
}

std::vector<std::string> Lacks(Action action, const DecisionSaid& said) {
  std::vector<std::string> fields;
  for (const Problem& problem : WhatDecisionLacks(action, said)) fields.push_back(problem.field);
  return fields;
}

TEST(Decision, NeedsWordsExceptToAccept) {
  const std::string words = "Ten letters and more.";
  EXPECT_THAT(Lacks(kAccept, {}), IsEmpty());
  EXPECT_THAT(Lacks(kAskForMore, {}), ElementsAre("note"));
  EXPECT_THAT(Lacks(kAskForMore, {.note = words, .code = ""}), IsEmpty());
  EXPECT_THAT(Lacks(kAskForMore, {.note = "too short", .code = ""}), ElementsAre("note"));
  EXPECT_THAT(Lacks(kAccept, {.note = "short", .code = ""}), ElementsAre("note"));
  EXPECT_THAT(Lacks(kAskForMore, {.note = std::string(2001, 'x'), .code = ""}),
              ElementsAre("note"));
}

TEST(Decision, NeedsACodeToDeclineAndToRedirect) {
  const std::string words = "Ten letters and more.";
  for (const Action action : {kDecline, kRedirect}) {
    EXPECT_THAT(Lacks(action, {}), ElementsAre("note", "code"));
    EXPECT_THAT(Lacks(action, {.note = words, .code = "other"}), ElementsAre("code"));
    EXPECT_THAT(Lacks(action, {.note = words, .code = "other", .code_known = true}), IsEmpty());
  }
  EXPECT_THAT(Lacks(kAccept, {.note = "", .code = "other"}), ElementsAre("code"));
}

TEST(Decision, GivesOnlyAnAcceptedRequestToAWorker) {
  EXPECT_THAT(Lacks(kAccept, {.note = "", .code = "", .has_worker = true}), IsEmpty());
  EXPECT_THAT(Lacks(kAskForMore, {.note = "Ten letters and more.", .code = "", .has_worker = true}),
              ElementsAre("worker_id"));
}

TEST(InRounds, KeepsTheOrderWithinAnEnrolmentAndKind) {
  education::SequenceIdSource ids;
  const auto pupil = education::PupilId::New(ids);
  const auto a = education::EnrolmentId::New(ids), b = education::EnrolmentId::New(ids);
  const auto change = [&](AbsenceChangeType type, const education::EnrolmentId& enrolment,
                          std::string_view kind) {
    return AbsenceChange{.type = type,
                         .kind = std::string(kind),
                         .pupil = pupil,
                         .enrolment = enrolment,
                         .urn = *education::Urn::FromInt(900001),
                         .la_code = *education::LaCode::FromInt(822),
                         .figures = {.day = Day(2026y / 11 / 2)},
                         .trace_id = {}};
  };
  using enum AbsenceChangeType;
  const std::vector<AbsenceChange> changes = {
      change(kCrossed, a, kPersistent), change(kCrossingWithdrawn, a, kPersistent),
      change(kCrossed, b, kPersistent), change(kCrossed, a, kSevere),
      change(kCrossed, a, kPersistent)};
  const auto rounds = InRounds(changes);
  ASSERT_EQ(rounds.size(), 3u);
  EXPECT_EQ(rounds[0].size(), 3u);
  ASSERT_EQ(rounds[1].size(), 1u);
  EXPECT_EQ(rounds[1][0].type, kCrossingWithdrawn);
  EXPECT_EQ(rounds[2][0].type, kCrossed);
  EXPECT_THAT(InRounds({}), IsEmpty());
}

}  // namespace
}  // namespace pathways::referrals
