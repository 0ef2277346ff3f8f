#include "services/exclusions/api/risk_messages.h"

#include <string>

#include "libs/service/status.h"
#include "services/exclusions/store/exclusion_events.h"
#include "services/exclusions/store/risk_rows.h"

namespace pathways::exclusions {
namespace {

constexpr int kMainFacts = 3;

std::string At(const std::optional<education::Instant>& at) {
  return at ? education::InstantToString(*at) : std::string();
}

}  // namespace

v1::RiskProposalState ToMessage(ProposalState state) {
  return static_cast<v1::RiskProposalState>(static_cast<int>(state) + 1);
}

v1::RiskDecision ToMessage(RiskDecision decision) {
  return static_cast<v1::RiskDecision>(static_cast<int>(decision) + 1);
}

std::optional<RiskDecision> FromMessage(v1::RiskDecision decision) {
  if (!v1::RiskDecision_IsValid(decision) || decision == v1::RISK_DECISION_UNSPECIFIED) {
    return std::nullopt;
  }
  return static_cast<RiskDecision>(static_cast<int>(decision) - 1);
}

void Fill(const RiskProposal& proposal, const RiskWeights& weights, v1::RiskProposal* to) {
  to->set_proposal_id(proposal.id.ToString());
  to->set_pupil_id(proposal.pupil.ToString());
  to->set_urn(proposal.urn.value());
  to->set_la_code(proposal.la_code.value());
  to->set_state(ToMessage(proposal.state));
  to->set_score(proposal.score);
  to->set_threshold(proposal.threshold);
  to->set_weights_number(proposal.weights_number);
  to->set_primary(proposal.facts.primary);
  to->set_proposed_at(At(proposal.proposed_at));
  if (proposal.decision) to->set_decision(ToMessage(*proposal.decision));
  to->set_decided_at(At(proposal.decided_at));
  to->set_decided_by(PersonIn(proposal.decided_by));
  to->set_lapsed_because(proposal.lapsed_because);
  to->set_version(proposal.version);
  to->set_updated_at(At(proposal.updated_at));
  to->set_updated_by(proposal.updated_by);
  const Risk risk = RiskOf(proposal.facts, weights);
  for (const FactorShare& share : risk.factors) {
    if (share.points <= 0 || to->main_facts_size() == kMainFacts) break;
    to->add_main_facts(share.fact);
  }
}

void Fill(const RiskFacts& facts, const NumberedWeights& weights, education::Instant at,
          v1::RiskWorking* to) {
  const Risk risk = RiskOf(facts, weights.weights);
  to->set_score(risk.score);
  to->set_threshold(risk.threshold);
  to->set_weights_number(weights.number);
  to->set_at(At(at));
  for (const FactorShare& share : risk.factors) {
    v1::RiskShare* one = to->add_shares();
    one->set_factor(ToMessage(share.factor));
    one->set_title(std::string(FactorTitle(share.factor)));
    one->set_value(share.value);
    one->set_points(share.points);
    one->set_fact(share.fact);
    one->set_to_change(share.to_change);
  }
}

void Fill(const DecisionEntry& entry, v1::RiskDecisionEntry* to) {
  to->set_decision(ToMessage(entry.decision));
  to->set_reason(entry.reason);
  to->set_at(At(entry.at));
  to->set_by(PersonIn(entry.by));
  to->set_role(entry.role);
  to->set_score(entry.score);
}

void Fill(const NumberedWeights& weights, v1::RiskWeightsVersion* to) {
  to->set_number(weights.number);
  *to->mutable_weights() = ToMessage(weights.weights);
  to->set_switched_on_at(At(weights.switched_on_at));
  to->set_switched_on_by(PersonIn(weights.switched_on_by));
  to->set_reason(weights.reason);
}

void Fill(const WeightsDraft& draft, v1::RiskWeightsDraft* to) {
  *to->mutable_weights() = ToMessage(draft.weights);
  to->set_version(draft.version);
  to->set_updated_at(At(draft.updated_at));
  to->set_updated_by(PersonIn(draft.updated_by));
}

absl::StatusOr<ProposalFilter> ReadFilter(const v1::ListRiskProposalsRequest& request,
                                          std::string_view prefix) {
  service::FieldViolations wrong;
  const auto field = [&](std::string_view name) { return std::string(prefix) + std::string(name); };
  ProposalFilter filter{.phase = request.phase()};
  if (request.la_code() != 0) {
    const auto la_code = education::LaCode::FromInt(request.la_code());
    wrong.AddIfError(field("la_code"), la_code.status());
    if (la_code.ok()) filter.la_code = *la_code;
  }
  if (request.urn() != 0) {
    const auto urn = education::Urn::FromInt(request.urn());
    wrong.AddIfError(field("urn"), urn.status());
    if (urn.ok()) filter.urn = *urn;
  }
  if (!request.pupil_id().empty()) {
    const auto pupil = education::PupilId::Parse(request.pupil_id());
    wrong.AddIfError(field("pupil_id"), pupil.status());
    if (pupil.ok()) filter.pupil = *pupil;
  }
  if (!v1::RiskProposalState_IsValid(request.state())) {
    wrong.Add(field("state"), "Choose a state from the list, or none");
  } else if (request.state() != v1::RISK_PROPOSAL_STATE_UNSPECIFIED) {
    const int state = static_cast<int>(request.state()) - 1;
    filter.state = ProposalStateName(static_cast<ProposalState>(state));
  }
  if (const auto decision = FromMessage(request.decision())) {
    filter.decision = RiskDecisionName(*decision);
  } else if (request.decision() != v1::RISK_DECISION_UNSPECIFIED) {
    wrong.Add(field("decision"), "Choose a decision from the list, or none");
  }
  if (!filter.phase.empty() && filter.phase != "primary" && filter.phase != "secondary") {
    wrong.Add(field("phase"), "Choose primary, secondary or neither");
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return filter;
}

}  // namespace pathways::exclusions
