// What attendance's statements do to proposals, written in sets.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/id_source.h"
#include "libs/storage/transaction.h"
#include "services/referrals/domain/absence_change.h"

namespace pathways::referrals {

// A pupil whose record was written to.
struct TouchedPupil {
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  std::string trace_id;  // of what was said about them
};

// Each takes changes of its own type, an enrolment and kind at most once, and adds what happened to
// the timeline.

// Makes proposals. One that is still open moves on to a later crossing of its kind; a crossing that
// a person has decided about is not proposed again.
absl::StatusOr<std::vector<TouchedPupil>> RaiseProposals(storage::Transaction& transaction,
                                                         std::span<const AbsenceChange> crossed,
                                                         education::IdSource& ids,
                                                         education::Instant now);
// Withdraws open ones of that very day. Where a request was started, the timeline notes it and the
// request goes on.
absl::StatusOr<std::vector<TouchedPupil>> WithdrawProposals(
    storage::Transaction& transaction, std::span<const AbsenceChange> withdrawn,
    education::Instant now);
// Recoveries, and recoveries taken back, of absences that were proposed here: a proposal that was
// open waits no longer, or again.
absl::StatusOr<std::vector<TouchedPupil>> NoteRecoveries(storage::Transaction& transaction,
                                                         std::span<const AbsenceChange> changes,
                                                         education::Instant now);

}  // namespace pathways::referrals
