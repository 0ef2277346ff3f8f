#include "services/exclusions/store/risk_events.h"

#include <string>

#include "pathways/exclusions/v1/events.pb.h"
#include "services/exclusions/store/exclusion_events.h"

namespace pathways::exclusions {
namespace {

void Fill(const RiskProposal& proposal, education::Instant at, v1::ExclusionRiskFigures* to) {
  to->set_proposal_id(proposal.id.ToString());
  to->set_pupil_id(proposal.pupil.ToString());
  to->set_urn(proposal.urn.value());
  to->set_la_code(proposal.la_code.value());
  to->set_score(proposal.score);
  to->set_threshold(proposal.threshold);
  to->set_weights_number(proposal.weights_number);
  to->set_at(education::InstantToString(at));
}

template <typename Message>
events::NewEvent Publish(RiskProposal& proposal, const Message& message) {
  return events::MakeEvent(message, "risk/" + proposal.id.ToString(), ++proposal.event_version,
                           proposal.pupil.ToString());
}

}  // namespace

events::NewEvent MakeProposedEvent(RiskProposal& proposal) {
  v1::ExclusionRiskProposed message;
  Fill(proposal, proposal.proposed_at, message.mutable_figures());
  return Publish(proposal, message);
}

events::NewEvent MakeRiskDecidedEvent(RiskProposal& proposal) {
  v1::ExclusionRiskDecided message;
  Fill(proposal, proposal.updated_at, message.mutable_figures());
  message.set_decision(std::string(RiskDecisionName(*proposal.decision)));
  message.set_person_id(PersonIn(proposal.decided_by));
  return Publish(proposal, message);
}

}  // namespace pathways::exclusions
