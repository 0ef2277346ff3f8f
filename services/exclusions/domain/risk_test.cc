#include "services/exclusions/domain/risk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pathways::exclusions {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Suspensions bring 10 from the first, 30 from the third; support takes 5 off.
RiskWeights Weights() {
  return {.version = "test-1",
          .bands = {{Factor::kSuspensions, 1, 10},
                    {Factor::kSuspensions, 3, 30},
                    {Factor::kYearGroup, 1, 5},
                    {Factor::kSenSupport, 1, 8},
                    {Factor::kSupportInPlace, 1, -5}},
          .primary_years = {4, 6},
          .secondary_years = {8, 10},
          .primary_threshold = 20,
          .secondary_threshold = 35};
}

const FactorShare& Share(const Risk& risk, Factor factor) {
  for (const FactorShare& share : risk.factors) {
    if (share.factor == factor) return share;
  }
  ADD_FAILURE() << "no " << FactorName(factor);
  return risk.factors.front();
}

TEST(Risk, IsTheSumOfItsFactors) {
  const Risk risk = RiskOf({.suspensions = 4, .sen_support = true, .year = 9}, Weights());
  EXPECT_EQ(risk.score, 43);
  EXPECT_EQ(risk.threshold, 35);
  EXPECT_TRUE(risk.proposes);
  EXPECT_EQ(risk.weights_version, "test-1");
  int sum = 0;
  for (const FactorShare& share : risk.factors) sum += share.points;
  EXPECT_EQ(sum, risk.score);
  EXPECT_EQ(risk.factors.front().factor, Factor::kSuspensions) << "most points first";
}

TEST(Risk, SaysWhatWouldChangeIt) {
  const Risk risk = RiskOf({.suspensions = 2, .sen_support = true, .year = 7}, Weights());
  const FactorShare& suspensions = Share(risk, Factor::kSuspensions);
  EXPECT_EQ(suspensions.fact, "2 suspensions in the last twelve months");
  EXPECT_EQ(suspensions.to_change,
            "Fewer than 1 would take 10 points off; 3 or more would add 20 points");
  EXPECT_EQ(Share(risk, Factor::kSenSupport).to_change,
            "If this were not so it would take 8 points off");
  EXPECT_EQ(Share(risk, Factor::kYearGroup).to_change, "If this were not so it would add 5 points");
  EXPECT_EQ(Share(risk, Factor::kSupportInPlace).to_change, "1 or more would take 5 points off");
}

// What is said must be so: the facts changed as the words tell give the score they tell.
TEST(Risk, ChangesAsItSays) {
  const int before = RiskOf({.suspensions = 2}, Weights()).score;
  EXPECT_EQ(RiskOf({.suspensions = 0}, Weights()).score, before - 10);
  EXPECT_EQ(RiskOf({.suspensions = 3}, Weights()).score, before + 20);
}

TEST(Risk, DependsOnThePhase) {
  const Risk primary =
      RiskOf({.suspensions = 2, .sen_support = true, .year = 5, .primary = true}, Weights());
  EXPECT_EQ(primary.score, 23);
  EXPECT_TRUE(primary.proposes);
  const Risk secondary = RiskOf({.suspensions = 2, .sen_support = true, .year = 8}, Weights());
  EXPECT_EQ(secondary.score, 23);
  EXPECT_FALSE(secondary.proposes);
  EXPECT_EQ(RiskOf({.year = 5}, Weights()).score, 0) << "year 5 of a middle school: not 8 to 10";
}

TEST(Risk, IsNeverBelowNought) {
  const Risk risk = RiskOf({.support_in_place = 3}, Weights());
  EXPECT_EQ(risk.score, 0);
  EXPECT_EQ(Share(risk, Factor::kSupportInPlace).points, -5);
}

TEST(Risk, OfTheUsualWeightsNeedsMoreThanOneSuspension) {
  EXPECT_THAT(CheckWeights(UsualRiskWeights()), IsEmpty());
  EXPECT_FALSE(RiskOf({.suspensions = 1, .half_days_suspended = 2}, UsualRiskWeights()).proposes);
  EXPECT_TRUE(
      RiskOf({.suspensions = 4, .half_days_suspended = 20, .sen_support = true}, UsualRiskWeights())
          .proposes);
}

std::vector<std::string> Wrong(const RiskWeights& weights) {
  std::vector<std::string> fields;
  for (const Problem& problem : CheckWeights(weights)) fields.push_back(problem.field);
  return fields;
}

TEST(RiskWeights, AreCheckedAsData) {
  EXPECT_THAT(Wrong(Weights()), IsEmpty());
  RiskWeights weights = Weights();
  weights.bands.push_back({Factor::kSuspensions, 3, 20});
  weights.bands.push_back({Factor::kSocialCare, 0, 200});
  EXPECT_THAT(Wrong(weights), ElementsAre("bands", "bands", "bands"));
  weights = Weights();
  weights.bands.clear();
  weights.primary_years = {6, 4};
  weights.secondary_years = {8, 15};
  weights.primary_threshold = 0;
  weights.secondary_threshold = -1;
  EXPECT_THAT(Wrong(weights), ElementsAre("bands", "primary_years", "secondary_years",
                                          "primary_threshold", "secondary_threshold"));
}

TEST(RiskFactors, NamesComeBackAndNoneIsWhatAPupilIs) {
  for (std::size_t i = 0; i < kFactorCount; ++i) {
    const Factor factor = static_cast<Factor>(i);
    EXPECT_EQ(FactorFromName(FactorName(factor)), factor);
    EXPECT_FALSE(FactorTitle(factor).empty());
  }
  for (const char* name : {"sex", "ethnicity", "disadvantaged", "pupil_premium", "fsm", "ehcp"}) {
    EXPECT_FALSE(FactorFromName(name).has_value()) << name;
  }
}

TEST(RiskScore, AgreesWithTheScoreThatIsExplained) {
  for (int suspensions = 0; suspensions < 6; ++suspensions) {
    for (int absence = 0; absence <= 100; absence += 10) {
      const RiskFacts facts = {.suspensions = suspensions, .absence_percent = absence, .year = 9};
      EXPECT_EQ(ScoreOf(facts, UsualRiskWeights()).score, RiskOf(facts, UsualRiskWeights()).score);
    }
  }
}

}  // namespace
}  // namespace pathways::exclusions
