// Words people wrote, and what happened with a pupil, in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/placement.h"

namespace pathways::panel {

// Nothing for empty words. Seen by those on the case, and those on the placement where one is
// named.
absl::StatusOr<std::optional<std::int64_t>> KeepWords(
    storage::Transaction& transaction, const CaseId& panel_case, const std::string& words,
    const std::optional<PlacementId>& placement = std::nullopt);

// Who acted, and in which role, the database takes from the transaction's scope.
struct NewEntry {
  CaseId panel_case;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  education::Instant at;
  std::string kind;  // docs/reference/panel-case.md lists them
  std::string code = {};
  std::string note = {};
  std::string trace_id = {};
  std::optional<PlacementId> placement = {};
  // Words that are kept already, in the place of `note`: who writes the entry may not keep any.
  std::optional<std::int64_t> kept_words = {};
};
// The id of its words, if it has any.
absl::StatusOr<std::optional<std::int64_t>> AddEntry(storage::Transaction& transaction,
                                                     const NewEntry& entry);

struct TimelineEntry {
  education::Instant at;
  std::string kind;
  std::string code;
  std::string person;
  std::string role;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  CaseId panel_case;
  std::string note;
  std::string trace_id;
};
// Those the caller may see, newest first.
absl::StatusOr<std::vector<TimelineEntry>> ReadTimeline(storage::Transaction& transaction,
                                                        const education::PupilId& pupil,
                                                        std::int64_t offset, std::int64_t limit);

}  // namespace pathways::panel
