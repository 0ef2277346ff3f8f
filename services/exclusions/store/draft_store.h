// Drafts in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/education/uuid.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

using DraftId = education::Uuid<struct DraftIdTag>;

struct Draft {
  DraftId id;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  std::string facts = {};  // serialised pathways.exclusions.v1.ExclusionFacts
  std::int64_t version = 1;
  education::Instant created_at = {};
  std::string created_by = {};
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};
  std::optional<ExclusionId> exclusion = {};
};

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<Draft> FindDraft(storage::Transaction& transaction, const DraftId& id);
absl::StatusOr<Draft> LockDraft(storage::Transaction& transaction, const DraftId& id);
// ALREADY_EXISTS when the id is taken.
absl::Status InsertDraft(storage::Transaction& transaction, const Draft& draft);
absl::Status UpdateDraft(storage::Transaction& transaction, const Draft& draft);
absl::Status DeleteDraft(storage::Transaction& transaction, const DraftId& id);
// It became that exclusion; its words live there. Nothing happens to a draft that is gone.
absl::Status CloseDraft(storage::Transaction& transaction, const DraftId& id,
                        const ExclusionId& exclusion, education::Instant at,
                        const std::string& person);
// Open ones, newest first.
absl::StatusOr<std::vector<Draft>> ListDrafts(storage::Transaction& transaction, std::int32_t urn,
                                              std::int64_t offset, std::int64_t limit);

}  // namespace pathways::exclusions
