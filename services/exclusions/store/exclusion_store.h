// Exclusions in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<KeptExclusion> FindExclusion(storage::Transaction& transaction,
                                            const ExclusionId& id);
// The same for those who may also write to it; nobody else changes it until the transaction ends.
absl::StatusOr<KeptExclusion> LockExclusion(storage::Transaction& transaction,
                                            const ExclusionId& id);
// Of these pupils, those the caller may see, in no order.
absl::StatusOr<std::vector<KeptExclusion>> ReadExclusionsOf(
    storage::Transaction& transaction, const std::vector<education::PupilId>& pupils);

absl::StatusOr<std::vector<KeptExclusion>> ReadExclusionsById(storage::Transaction& transaction,
                                                              const std::vector<ExclusionId>& ids);

// Whole rows without what is derived. ALREADY_EXISTS when an id is taken.
absl::Status InsertExclusions(storage::Transaction& transaction,
                              std::span<const KeptExclusion* const> exclusions);
absl::Status UpdateExclusions(storage::Transaction& transaction,
                              std::span<const KeptExclusion* const> exclusions);
// What the rules make of them, what is recorded about the pupil then, and the version of the last
// event.
absl::Status UpdateDerived(storage::Transaction& transaction,
                           std::span<const KeptExclusion* const> exclusions);

// Of these, those that other exclusions have, whether the caller may see them or not is the
// scope's matter.
absl::StatusOr<std::vector<std::string>> ReferencesTaken(
    storage::Transaction& transaction, const std::vector<std::string>& references);

// The latest; empty for those who may not read them.
absl::StatusOr<Words> ReadWords(storage::Transaction& transaction, const ExclusionId& id);
absl::Status AddWords(storage::Transaction& transaction, const KeptExclusion& kept,
                      const Words& words);

struct ExclusionFilter {
  std::int32_t urn = 0;  // 0: all
  std::optional<education::PupilId> pupil = {};
  std::optional<Kind> kind = {};
  std::optional<State> state = {};
  std::optional<education::Day> from = {}, to = {};  // start
  std::string reason = {};                           // empty: any
  bool owed = false;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct ExclusionPage {
  std::vector<KeptExclusion> exclusions;  // newest start first
  std::int64_t total = 0;
};
absl::StatusOr<ExclusionPage> ListExclusions(storage::Transaction& transaction,
                                             const ExclusionFilter& filter);

// By school and id, without steps done: the next `limit` after that one, started in the span.
struct ExportSpan {
  std::int32_t urn = 0;  // 0: all
  std::optional<education::Day> from = {}, to = {};
};
absl::StatusOr<std::vector<KeptExclusion>> ReadForExport(storage::Transaction& transaction,
                                                         const ExportSpan& span,
                                                         const std::vector<education::Urn>& urns);
// Schools with an exclusion in the span, by URN.
struct ExportSchool {
  education::Urn urn;
  education::LaCode la_code;
};
absl::StatusOr<std::vector<ExportSchool>> SchoolsForExport(storage::Transaction& transaction,
                                                           const ExportSpan& span);

}  // namespace pathways::exclusions
