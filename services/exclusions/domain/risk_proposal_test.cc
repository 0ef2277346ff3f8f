#include "services/exclusions/domain/risk_proposal.h"

#include <gtest/gtest.h>

#include "services/exclusions/domain/risk_fixture.h"

namespace pathways::exclusions {
namespace {

using fixture::TestWeights;

constexpr RiskFacts kFine = {.suspensions = 1, .year = 8};
constexpr RiskFacts kBad = {.suspensions = 3, .year = 8};
constexpr RiskFacts kWorse = {.suspensions = 3, .sen_support = true, .year = 8};

ProposalMove Move(const std::optional<LastProposal>& last, const RiskFacts& now, bool can = true) {
  return NextMove(last, now, can, TestWeights());
}

TEST(ProposalMove, OfWhoNeverHadOne) {
  EXPECT_EQ(Move({}, kFine), ProposalMove::kNothing);
  EXPECT_EQ(Move({}, kBad), ProposalMove::kPropose);
  EXPECT_EQ(Move({}, kBad, false), ProposalMove::kNothing);
}

TEST(ProposalMove, OfAnOpenOneFollowsTheFacts) {
  const LastProposal open{ProposalState::kOpen, kBad};
  EXPECT_EQ(Move(open, kWorse), ProposalMove::kFollow);
  EXPECT_EQ(Move(open, kFine), ProposalMove::kLapse);
  EXPECT_EQ(Move(open, kBad, false), ProposalMove::kLapse);
  EXPECT_EQ(Move(LastProposal{ProposalState::kLapsed, kBad}, kBad), ProposalMove::kPropose);
}

TEST(ProposalMove, AfterADecisionTakesSomethingNew) {
  LastProposal decided{ProposalState::kDecided, kBad};
  EXPECT_EQ(Move(decided, kBad), ProposalMove::kNothing);
  EXPECT_EQ(Move(decided, kWorse), ProposalMove::kPropose);
  EXPECT_EQ(Move(decided, kFine), ProposalMove::kNoteBelow);
  decided.below_since = true;
  EXPECT_EQ(Move(decided, kFine), ProposalMove::kNothing);
  EXPECT_EQ(Move(decided, kBad), ProposalMove::kPropose);
}

TEST(ProposalMove, IsNotBroughtBackByWeightsAlone) {
  RiskWeights heavier = TestWeights();
  heavier.bands[1].points = 90;
  const LastProposal decided{ProposalState::kDecided, kBad};
  EXPECT_EQ(NextMove(decided, kBad, true, heavier), ProposalMove::kNothing);
}

TEST(ProposalNames, ComeBack) {
  for (const char* name : {"open", "decided", "lapsed"}) {
    EXPECT_EQ(ProposalStateName(*ProposalStateFromName(name)), name);
  }
  for (const char* name : {"no_action", "school_support", "early_help", "refer_to_panel"}) {
    EXPECT_EQ(RiskDecisionName(*RiskDecisionFromName(name)), name);
  }
  EXPECT_FALSE(RiskDecisionFromName("exclude").has_value());
}

}  // namespace
}  // namespace pathways::exclusions
