#include "services/panel/domain/reintegration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/testing/builders.h"

namespace pathways::panel {
namespace {

using namespace std::chrono_literals;
using education::Day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum PlanState;

const Day kStart(2026y / 11 / 9);
const Day kBack(2027y / 1 / 11);

Placement Started() {
  return {.id = *PlacementId::Parse("10000000-0000-4000-8000-000000000600"),
          .panel_case = *CaseId::Parse("10000000-0000-4000-8000-000000000001"),
          .decision = *DecisionId::Parse("10000000-0000-4000-8000-000000000700"),
          .pupil = testing::MakePupilId(1),
          .urn = testing::MakeSchool(0).urn,
          .la_code = testing::MakeSchool(0).la_code,
          .state = PlacementState::kStarted,
          .start_day = kStart};
}

ReintegrationPlan Plan() {
  const Placement placement = Started();
  return {.placement = placement.id,
          .panel_case = placement.panel_case,
          .pupil = placement.pupil,
          .urn = placement.urn,
          .la_code = placement.la_code,
          .to_urn = placement.urn,
          .first_day = kBack,
          .support = "A key adult at the gate every morning."};
}

ReintegrationStep Step(int number = 1) {
  const std::string digits = std::to_string(number);
  return {.id = *StepId::Parse("10000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') +
                               digits),
          .what = "Meet the form tutor",
          .owner = "receiving_school",
          .due = kBack - 3};
}

std::vector<std::string> Fields(const std::vector<forms::Problem>& problems) {
  std::vector<std::string> fields;
  for (const auto& problem : problems) fields.push_back(problem.field);
  return fields;
}

TEST(ReintegrationPlan, IsAgreedBeforeTheReturnAndAgainAfterEveryChange) {
  EXPECT_EQ(*Next(kDraft, PlanAction::kAgree), kAgreed);
  EXPECT_EQ(*Next(kAgreed, PlanAction::kSave), kDraft);
  EXPECT_FALSE(Next(kDraft, PlanAction::kReturn).ok());
  EXPECT_EQ(*Next(kAgreed, PlanAction::kReturn), kReturned);
  EXPECT_FALSE(Next(kReturned, PlanAction::kSave).ok());
  EXPECT_EQ(*Next(kReturned, PlanAction::kReview), kReturned);
  EXPECT_EQ(*Next(kReturned, PlanAction::kHold), kHeld);
  EXPECT_EQ(*Next(kReturned, PlanAction::kBreakDown), kBrokeDown);
  for (const PlanState over : {kHeld, kBrokeDown}) {
    for (int a = 0; a <= static_cast<int>(PlanAction::kReview); ++a) {
      EXPECT_FALSE(Next(over, static_cast<PlanAction>(a)).ok());
    }
  }
}

TEST(ReintegrationPlan, HasDaysInOrderAndAPartTimeTimetableThatEnds) {
  ReintegrationPlan plan = Plan();
  EXPECT_THAT(CheckPlan(plan, Started()), IsEmpty());
  plan.phased_until = kBack + 12 * 7;
  EXPECT_THAT(CheckPlan(plan, Started()), IsEmpty());
  plan.phased_until = kBack + 12 * 7 + 1;
  plan.next_review = kBack - 1;
  plan.support = "Soon.";
  EXPECT_THAT(Fields(CheckPlan(plan, Started())),
              ElementsAre("phased_until", "next_review", "support"));
  plan = Plan();
  plan.first_day = kStart;
  EXPECT_THAT(Fields(CheckPlan(plan, Started())), ElementsAre("first_day"));
}

TEST(ReintegrationPlan, IsNotAgreedOverTheHeadsOfThoseItIsAbout) {
  ReintegrationPlan plan = Plan();
  EXPECT_THAT(Fields(WhatAgreementLacks(plan, false)),
              ElementsAre("school_agrees", "pupil_view", "parent_view", "steps", "next_review"));
  plan.pupil_view = "Wants to sit near the door.";
  plan.parent_view = "Glad of it.";
  plan.steps = {Step()};
  plan.next_review = kBack + 14;
  EXPECT_THAT(WhatAgreementLacks(plan, true), IsEmpty());
}

TEST(ReintegrationPlan, StepNamesWhoDoesItAndThereAreNotTooMany) {
  ReintegrationPlan plan = Plan();
  ReintegrationStep step = Step();
  EXPECT_THAT(CheckStep(step, plan), IsEmpty());
  step.what = "";
  step.owner = "somebody";
  EXPECT_THAT(Fields(CheckStep(step, plan)), ElementsAre("what", "owner_agency"));
  for (int i = 1; i <= 30; ++i) plan.steps.push_back(Step(i));
  EXPECT_THAT(CheckStep(Step(30), plan), IsEmpty()) << "a change of one that is there";
  EXPECT_THAT(Fields(CheckStep(Step(31), plan)), ElementsAre("what"));
}

TEST(ReintegrationPlan, LastReviewHasNoNextOne) {
  ReturnReview review{.day = kBack + 14, .words = "He is in every lesson but French."};
  const auto lacks = [&] { return Fields(CheckReturnReview(Plan(), review, kBack + 14)); };
  EXPECT_THAT(lacks(), ElementsAre("review.next_review"));
  review.next_review = kBack + 42;
  EXPECT_THAT(lacks(), IsEmpty());
  review.outcome = ReturnOutcome::kHeld;
  EXPECT_THAT(lacks(), ElementsAre("review.next_review"));
  review.next_review.reset();
  review.day = kBack - 1;
  EXPECT_THAT(lacks(), ElementsAre("review.day"));
}

}  // namespace
}  // namespace pathways::panel
