// Decisions and votes in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/decision.h"

namespace pathways::panel {

struct Decision {
  DecisionId id;
  CaseId panel_case;
  SittingId sitting;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  int number = 1;
  DecisionState state = DecisionState::kProposed;
  Terms terms = {};
  Votes votes = {};
  std::optional<DecisionId> replaces = {};
  std::int64_t version = 1;
  std::optional<education::Instant> signed_off_at = {};
  std::string signed_off_by = {};
  std::string updated_by = {};
  education::Instant updated_at = {};
  std::string last_call = {};
};

// With its votes. NOT_FOUND when there is none that the caller may see.
absl::StatusOr<Decision> FindDecision(storage::Transaction& transaction, const DecisionId& id);
absl::StatusOr<Decision> LockDecision(storage::Transaction& transaction, const DecisionId& id);
// Newest first, with their votes; of the case or of the sitting.
absl::StatusOr<std::vector<Decision>> ListDecisions(storage::Transaction& transaction,
                                                    const std::optional<CaseId>& panel_case,
                                                    const std::optional<SittingId>& sitting);
// The one signed off and in force.
absl::StatusOr<std::optional<DecisionId>> FinalDecision(storage::Transaction& transaction,
                                                        const CaseId& panel_case);

// Gives it the next number of its case. ALREADY_EXISTS when its id is taken, or another is being
// written (constraint decision_one_proposed).
absl::Status InsertDecision(storage::Transaction& transaction, Decision& decision);
// Terms of one that is proposed.
absl::Status RewriteDecision(storage::Transaction& transaction, const Decision& decision);
// It is final, and what it replaces is replaced.
absl::Status FinishDecision(storage::Transaction& transaction, const Decision& decision);

absl::Status KeepVote(storage::Transaction& transaction, const DecisionId& id,
                      const education::PersonId& person, VoteChoice choice, education::Instant now);

}  // namespace pathways::panel
