// The domain's values as messages, and enumerations back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pathways/referrals/v1/service.pb.h"
#include "services/referrals/domain/proposal.h"
#include "services/referrals/domain/request.h"
#include "services/referrals/store/request_store.h"
#include "services/referrals/store/timeline_store.h"

namespace pathways::referrals {

void Fill(const Proposal& proposal, v1::Proposal* to);
// Without sections and facts.
void Fill(const Request& request, v1::Request* to);
void Fill(const TimelineEntry& entry, v1::TimelineEntry* to);

// The sections of the task list in its order, saved or not; the answer to a question once it was
// asked. `today` decides what of an unsent request is complete.
void FillSections(const Request& request, const Sections& sections, education::Day today,
                  v1::Request* to);
void FillFacts(const std::vector<Fact>& facts, v1::Request* to);

// Nothing for UNSPECIFIED and for values this version does not know.
std::optional<State> FromMessage(v1::RequestState state);
std::optional<ProposalState> FromMessage(v1::ProposalState state);
std::optional<Action> FromMessage(v1::Decision decision);

}  // namespace pathways::referrals
