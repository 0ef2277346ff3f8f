#include "services/panel/domain/placement.h"

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
using enum PlacementState;

const Day kToday(2027y / 1 / 11);

Placement Started() {
  return {.id = *PlacementId::Parse("10000000-0000-4000-8000-000000000600"),
          .panel_case = *CaseId::Parse("10000000-0000-4000-8000-000000000001"),
          .decision = *DecisionId::Parse("10000000-0000-4000-8000-000000000700"),
          .pupil = testing::MakePupilId(1),
          .urn = testing::MakeSchool(0).urn,
          .la_code = testing::MakeSchool(0).la_code,
          .tier = 2,
          .state = kStarted,
          .start_day = Day(2026y / 11 / 9),
          .planned_end = Day(2027y / 3 / 25)};
}

TEST(Placement, HoldsItsPlaceFromTheOfferToTheEnd) {
  for (const auto state : {kOffered, kAccepted, kStarted}) EXPECT_TRUE(HoldsPlace(state));
  for (const auto state : {kEnded, kDeclined, kWithdrawn}) EXPECT_FALSE(HoldsPlace(state));
}

TEST(Placement, StartsOnlyWhenItWasAccepted) {
  EXPECT_EQ(*Next(kOffered, PlacementAction::kAccept), kAccepted);
  EXPECT_FALSE(Next(kOffered, PlacementAction::kStart).ok());
  EXPECT_EQ(*Next(kAccepted, PlacementAction::kStart), kStarted);
  EXPECT_EQ(*Next(kAccepted, PlacementAction::kDecline), kDeclined);
  EXPECT_EQ(*Next(kOffered, PlacementAction::kWithdraw), kWithdrawn);
  EXPECT_FALSE(Next(kStarted, PlacementAction::kWithdraw).ok());
  EXPECT_EQ(*Next(kStarted, PlacementAction::kEnd), kEnded);
  for (const auto over : {kEnded, kDeclined, kWithdrawn}) {
    for (int a = 0; a <= static_cast<int>(PlacementAction::kEnd); ++a) {
      EXPECT_FALSE(Next(over, static_cast<PlacementAction>(a)).ok());
    }
  }
}

TEST(Offer, FollowsAFinalDecisionOfItsKindAndTier) {
  const Terms tier_two{.kind = DecisionKind::kAlternativeProvision, .tier = 2};
  EXPECT_TRUE(CheckOffer(tier_two, DecisionState::kFinal, 2).ok());
  EXPECT_FALSE(CheckOffer(tier_two, DecisionState::kProposed, 2).ok());
  EXPECT_FALSE(CheckOffer(tier_two, DecisionState::kReplaced, 2).ok());
  EXPECT_FALSE(CheckOffer(tier_two, DecisionState::kFinal, 3).ok());
  EXPECT_FALSE(CheckOffer(tier_two, DecisionState::kFinal, std::nullopt).ok());
  const Terms school{.kind = DecisionKind::kFairAccessPlace,
                     .receiving = testing::MakeSchool(1).urn};
  EXPECT_TRUE(CheckOffer(school, DecisionState::kFinal, std::nullopt).ok());
  EXPECT_FALSE(CheckOffer(school, DecisionState::kFinal, 2).ok());
  EXPECT_FALSE(
      CheckOffer({.kind = DecisionKind::kSupportInMainstream}, DecisionState::kFinal, std::nullopt)
          .ok());
}

std::vector<std::string> Fields(const std::vector<forms::Problem>& problems) {
  std::vector<std::string> fields;
  for (const auto& problem : problems) fields.push_back(problem.field);
  return fields;
}

TEST(Review, ExtensionNeedsALaterEnd) {
  Review review{.day = kToday, .outcome = ReviewOutcome::kExtend, .words = "Settling in at last."};
  const auto lacks = [&](std::optional<Day> end) {
    return Fields(CheckReview(Started(), review, end, kToday));
  };
  EXPECT_THAT(lacks(std::nullopt), ElementsAre("planned_end"));
  EXPECT_THAT(lacks(Day(2027y / 3 / 25)), ElementsAre("planned_end"));
  EXPECT_THAT(lacks(Day(2027y / 5 / 28)), IsEmpty());
  review.outcome = ReviewOutcome::kContinue;
  EXPECT_THAT(lacks(Day(2027y / 5 / 28)), ElementsAre("planned_end"));
  review.day = kToday + 1;
  review.words = "";
  review.next_review = kToday;
  EXPECT_THAT(lacks(std::nullopt), ElementsAre("review.day", "review.words", "review.next_review"));
}

TEST(End, ReturnNeedsAPlanASchoolAndADay) {
  Placement placement = Started();
  const auto lacks = [&](EndReason reason, std::string_view words = "") {
    return Fields(CheckEnd(placement, reason, kToday, words, kToday));
  };
  EXPECT_THAT(lacks(EndReason::kPost16), IsEmpty());
  EXPECT_THAT(lacks(EndReason::kBrokeDown), ElementsAre("words"));
  EXPECT_THAT(lacks(EndReason::kBrokeDown, "Two fights in a week."), IsEmpty());
  EXPECT_THAT(lacks(EndReason::kReturnedToSchool), ElementsAre("reason"));
  placement.reintegration_urn = placement.urn;
  placement.reintegration_day = kToday + 2;
  EXPECT_THAT(lacks(EndReason::kReturnedToSchool), IsEmpty());
  placement.reintegration_urn = testing::MakeSchool(1).urn;
  EXPECT_THAT(lacks(EndReason::kReturnedToSchool), ElementsAre("reason"));
  EXPECT_THAT(lacks(EndReason::kNewSchool), IsEmpty());
  placement.reintegration_day = kToday - 3;
  EXPECT_THAT(lacks(EndReason::kNewSchool), ElementsAre("day"));
}

}  // namespace
}  // namespace pathways::panel
