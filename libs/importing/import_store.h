// The imports of a service in its database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/uuid.h"
#include "libs/importing/refusals.h"
#include "libs/storage/transaction.h"
#include "libs/tabular/problem.h"
#include "pathways/common/v1/import.pb.h"

namespace pathways::importing {

using ImportId = education::Uuid<struct ImportIdTag>;
using common::v1::ImportReport;

// The file's first line and what separates its cells.
struct HeaderLine {
  std::string raw;
  char delimiter = ',';
};

// An import as begun: true when this call began it, false when it was there.
absl::StatusOr<bool> InsertImport(storage::Transaction& transaction, std::string_view kind,
                                  const ImportReport& report);

// Takes an interrupted import up again.
absl::Status ReopenImport(storage::Transaction& transaction, const ImportReport& report);

// Sets state, figures and end; keeps the refused rows and the header they came under.
absl::Status FinishImport(storage::Transaction& transaction, const ImportReport& report,
                          const Refusals& refusals, const HeaderLine& header);

// NOT_FOUND when there is none that the caller may see. Carries the first 100 problems.
absl::StatusOr<ImportReport> FindImport(storage::Transaction& transaction, const ImportId& id);

// Newest first, without problems. `urn` 0: all. `offset` from 0.
absl::StatusOr<std::vector<ImportReport>> ListImports(storage::Transaction& transaction,
                                                      std::string_view kind, std::int32_t urn,
                                                      std::int64_t offset, std::int64_t limit);

// One refused row with its problems.
struct RefusedRow {
  std::string raw;
  std::vector<tabular::Problem> problems;
};
struct RefusedFile {
  HeaderLine header;
  std::vector<RefusedRow> rows;  // by row
};
// NOT_FOUND when the import is not there or refused nothing that has a header.
absl::StatusOr<RefusedFile> ReadRefused(storage::Transaction& transaction, const ImportId& id);

// Imports that were running when the service last stopped: nothing of them was written. The number
// marked.
absl::StatusOr<std::int64_t> MarkInterrupted(storage::Transaction& transaction,
                                             education::Instant now);

// Forgets refused rows (personal data) of imports that ended before `before`. The number of rows.
absl::StatusOr<std::int64_t> DropRefusedBefore(storage::Transaction& transaction,
                                               education::Instant before);

}  // namespace pathways::importing
