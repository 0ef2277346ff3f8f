// What happened with a pupil, in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/referrals/domain/proposal.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// Who acted, and in which role, the database takes from the transaction's scope.
struct NewEntry {
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  education::Instant at;
  std::string kind;  // docs/reference/early-help-request.md lists them
  std::optional<RequestId> request = {};
  std::optional<ProposalId> proposal = {};
  std::string trace_id = {};
  std::optional<AbsenceFigures> figures = {};
  std::string note = {};  // seen by those on the case only
};
// The entry's id.
absl::StatusOr<std::int64_t> AddEntry(storage::Transaction& transaction, const NewEntry& entry);

struct TimelineEntry {
  education::Instant at;
  std::string kind;
  std::string person;  // "system:<name>" when Pathways acted
  std::string role;
  education::Urn urn;
  std::optional<RequestId> request;
  std::optional<ProposalId> proposal_id;
  std::string note;
  std::string trace_id;
  // With the figures of this entry, where it carries some; they may have changed since.
  std::optional<Proposal> proposal;
};
// Those the caller may see, newest first.
absl::StatusOr<std::vector<TimelineEntry>> ReadTimeline(storage::Transaction& transaction,
                                                        const education::PupilId& pupil,
                                                        std::int64_t offset, std::int64_t limit);

}  // namespace pathways::referrals
