// Proposals of help, decisions about them, and whose facts are to be weighed next.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/education/uuid.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/domain/risk_proposal.h"

namespace pathways::exclusions {

using ProposalId = education::Uuid<struct ProposalIdTag>;

struct RiskProposal {
  ProposalId id;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  ProposalState state = ProposalState::kOpen;
  // As it was made.
  RiskFacts first_facts = {};
  int first_weights = 0;  // number
  education::Instant proposed_at = {};
  // As last looked at while open; afterwards as it was decided or lapsed.
  RiskFacts facts = {};
  int weights_number = 0;
  int score = 0;
  int threshold = 0;
  education::Instant weighed_at = {};
  std::optional<RiskDecision> decision = {};
  std::optional<education::Instant> decided_at = {};
  std::string decided_by = {};
  std::string lapsed_because = {};  // facts, left, excluded
  bool below_since = false;
  std::int64_t version = 1;
  std::int64_t event_version = 0;
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};
};

// The last one of each of these pupils, locked.
absl::StatusOr<std::map<education::PupilId, RiskProposal>> LockLastProposals(
    storage::Transaction& transaction, const std::vector<education::PupilId>& pupils);

absl::Status InsertProposals(storage::Transaction& transaction,
                             std::span<const RiskProposal> proposals);
absl::Status UpdateProposals(storage::Transaction& transaction,
                             std::span<const RiskProposal> proposals);

// NOT_FOUND when the caller may not see it.
absl::StatusOr<RiskProposal> FindProposal(storage::Transaction& transaction, const ProposalId& id);
// Locked; NOT_FOUND when the caller may not decide about it.
absl::StatusOr<RiskProposal> LockProposal(storage::Transaction& transaction, const ProposalId& id);

struct ProposalFilter {
  std::optional<education::LaCode> la_code = {};
  std::optional<education::Urn> urn = {};
  std::string state = {};     // empty: any
  std::string decision = {};  // empty: any or none
  std::string phase = {};     // primary, secondary; empty: both
  std::optional<education::PupilId> pupil = {};
};
struct ProposalList {
  std::vector<RiskProposal> proposals;  // most points first, then the longest waiting
  std::int64_t total = 0;
};
absl::StatusOr<ProposalList> ListProposals(storage::Transaction& transaction,
                                           const ProposalFilter& filter, std::int64_t offset,
                                           std::int64_t limit);

absl::StatusOr<std::int64_t> CountOpenProposals(storage::Transaction& transaction);

struct DecisionEntry {
  RiskDecision decision;
  std::string reason;
  education::Instant at;
  std::string by;
  std::string role;
  int score = 0;
};
// Who and in which role the database takes from the transaction's scope.
absl::Status AddDecision(storage::Transaction& transaction, const RiskProposal& proposal,
                         const std::string& reason);
// The last first.
absl::StatusOr<std::vector<DecisionEntry>> ReadDecisions(storage::Transaction& transaction,
                                                         const ProposalId& id);

// One weighing at a time: others wait until the transaction ends.
absl::Status LockWeighing(storage::Transaction& transaction);
// Takes pupils whose facts changed off the list, each once; of at most `limit` notes.
absl::StatusOr<std::vector<education::PupilId>> TakeChanged(storage::Transaction& transaction,
                                                            std::int64_t limit);
// Pupils to be looked at again by that day.
absl::StatusOr<std::vector<education::PupilId>> DueLooks(storage::Transaction& transaction,
                                                         education::Day today, std::int64_t limit);
struct Look {
  education::PupilId pupil;
  std::optional<education::Day> due;  // nothing: days alone change nothing
};
absl::Status PutLooks(storage::Transaction& transaction, std::span<const Look> looks);
// Every pupil of an authority is to be weighed anew.
absl::Status NoteAuthority(storage::Transaction& transaction, education::LaCode la_code);

}  // namespace pathways::exclusions
