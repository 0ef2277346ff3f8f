// Cases in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/form.h"
#include "services/panel/domain/panel_case.h"
#include "services/panel/domain/provider.h"

namespace pathways::panel {

// NOT_FOUND when there is none that the caller may see.
absl::StatusOr<PanelCase> FindCase(storage::Transaction& transaction, const CaseId& id);
// The same, and nobody else changes it until the transaction ends. NOT_FOUND also for those who may
// not write.
absl::StatusOr<PanelCase> LockCase(storage::Transaction& transaction, const CaseId& id);
// Those opened from the exclusion, locked; nothing when there is none.
absl::StatusOr<std::optional<PanelCase>> LockCaseOfExclusion(storage::Transaction& transaction,
                                                             const ExclusionId& exclusion);

// The one that is not over and came from that request or proposal, locked; nothing when there is
// none.
absl::StatusOr<std::optional<PanelCase>> LockOpenCaseOfSource(storage::Transaction& transaction,
                                                              Origin origin,
                                                              const SourceId& source);
// Whether the pupil has a case that was referred and is not over.
absl::StatusOr<bool> HasOpenCase(storage::Transaction& transaction,
                                 const education::PupilId& pupil);

// Without a phase it gets its school's. False when its reference, or its exclusion's case, is there
// already. ALREADY_EXISTS when its id is taken.
absl::StatusOr<bool> InsertCase(storage::Transaction& transaction, const PanelCase& panel_case);
// Everything that changes after it was inserted.
absl::Status UpdateCase(storage::Transaction& transaction, const PanelCase& panel_case);

absl::StatusOr<Sections> ReadSections(storage::Transaction& transaction, const CaseId& id);
absl::Status SaveSection(storage::Transaction& transaction, const PanelCase& panel_case,
                         std::string_view name, const Answers& answers);

struct Fact {
  std::string key;
  std::string value;  // empty: it could not be had
  std::string source;
  education::Instant known_at;
};
absl::Status InsertFacts(storage::Transaction& transaction, const PanelCase& panel_case,
                         const std::vector<Fact>& facts);
absl::StatusOr<std::vector<Fact>> ReadFacts(storage::Transaction& transaction, const CaseId& id);

struct CaseFilter {
  std::vector<CaseState> states;  // empty: all
  std::int32_t urn = 0;           // 0: all
  std::string phase = {};         // empty: all
  std::string origin = {};        // empty: all
  std::optional<education::PupilId> pupil = {};
  std::optional<ExclusionId> exclusion = {};
  bool incomplete = false;  // referred, but lacking something
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct CasePage {
  std::vector<PanelCase> cases;  // earliest due first, then longest waiting
  std::int64_t total = 0;
};
absl::StatusOr<CasePage> ListCases(storage::Transaction& transaction, const CaseFilter& filter);

// Remembers a school's panel and where it is, as registry says.
absl::Status KeepSchoolPhase(storage::Transaction& transaction, education::Urn urn,
                             education::LaCode la_code, std::optional<Phase> phase,
                             const std::optional<Grid>& grid = std::nullopt);
// Nothing when it is not known.
absl::StatusOr<std::optional<Grid>> FindSchoolGrid(storage::Transaction& transaction,
                                                   education::Urn urn);

}  // namespace pathways::panel
