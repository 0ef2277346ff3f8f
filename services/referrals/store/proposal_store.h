// Proposals in the database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/referrals/domain/proposal.h"

namespace pathways::referrals {

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<Proposal> FindProposal(storage::Transaction& transaction, const ProposalId& id);
absl::StatusOr<Proposal> LockProposal(storage::Transaction& transaction, const ProposalId& id);

absl::Status TakeUp(storage::Transaction& transaction, const ProposalId& id,
                    const RequestId& request);
// `entry`: the timeline entry with the reason.
absl::Status Dismiss(storage::Transaction& transaction, const ProposalId& id, std::int64_t entry);

struct ProposalFilter {
  std::int32_t urn = 0;  // 0: all
  ProposalState state = ProposalState::kOpen;
  std::string kind = {};  // empty: all
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct ProposalPage {
  std::vector<Proposal> proposals;  // severe first, then newest
  std::int64_t total = 0;
};
absl::StatusOr<ProposalPage> ListProposals(storage::Transaction& transaction,
                                           const ProposalFilter& filter);

}  // namespace pathways::referrals
