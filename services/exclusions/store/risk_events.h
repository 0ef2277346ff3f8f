// What is published about proposals of help. Each event takes the proposal's next version.
#pragma once

#include "libs/education/clock.h"
#include "libs/events/envelope.h"
#include "services/exclusions/store/risk_store.h"

namespace pathways::exclusions {

events::NewEvent MakeProposedEvent(RiskProposal& proposal);
events::NewEvent MakeRiskDecidedEvent(RiskProposal& proposal);

}  // namespace pathways::exclusions
