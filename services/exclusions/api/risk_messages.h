// Proposals and weights as answers.
#pragma once

#include "pathways/exclusions/v1/risk.pb.h"
#include "services/exclusions/domain/risk.h"
#include "services/exclusions/store/risk_store.h"
#include "services/exclusions/store/risk_weights_store.h"

namespace pathways::exclusions {

v1::RiskProposalState ToMessage(ProposalState state);
v1::RiskDecision ToMessage(RiskDecision decision);
std::optional<RiskDecision> FromMessage(v1::RiskDecision decision);

// `weights`: those the proposal was last weighed with.
void Fill(const RiskProposal& proposal, const RiskWeights& weights, v1::RiskProposal* to);
void Fill(const RiskFacts& facts, const NumberedWeights& weights, education::Instant at,
          v1::RiskWorking* to);
void Fill(const DecisionEntry& entry, v1::RiskDecisionEntry* to);
void Fill(const NumberedWeights& weights, v1::RiskWeightsVersion* to);
void Fill(const WeightsDraft& draft, v1::RiskWeightsDraft* to);

// What to look for. Problems are told by field, under "<prefix><field>".
absl::StatusOr<ProposalFilter> ReadFilter(const v1::ListRiskProposalsRequest& request,
                                          std::string_view prefix = "");

}  // namespace pathways::exclusions
