// What a draft is started with.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/service/call.h"
#include "services/referrals/api/referrals_api.h"
#include "services/referrals/domain/proposal.h"
#include "services/referrals/domain/request.h"
#include "services/referrals/store/request_store.h"

namespace pathways::referrals {

struct DraftWish {
  RequestId id;
  education::PupilId pupil;
  education::Urn urn;
  std::optional<ProposalId> proposal;
};

struct Prefilled {
  education::LaCode la_code;
  std::vector<Fact> facts;
};

// Asks registry and attendance. A draft is worth more than its facts: one that cannot be had is
// there with an empty value, a warning and a count. But a pupil the caller may not see is
// NOT_FOUND, and without a proposal only the registry knows the school's authority: then its error
// is the answer.
absl::StatusOr<Prefilled> Prefill(const ReferralsParts& parts, const service::Call& call,
                                  const DraftWish& wish, const std::optional<Proposal>& proposal);

}  // namespace pathways::referrals
