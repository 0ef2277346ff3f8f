// What one kind of file has to say for itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/importing/refusals.h"
#include "libs/storage/transaction.h"
#include "libs/tabular/csv_reader.h"
#include "libs/tabular/header.h"

namespace pathways::importing {

// What the good rows did.
struct Effect {
  std::int64_t records_new = 0;
  std::int64_t records_changed = 0;
  std::int64_t records_unchanged = 0;
  // Remarks that refused nothing, in English.
  std::vector<std::string> notes;
  std::optional<education::Day> first_day;
  std::optional<education::Day> last_day;
};

// Made anew for each import; one thread.
class Importer {
 public:
  virtual ~Importer() = default;

  // "pupils"; kept with the import.
  virtual std::string_view kind() const = 0;
  virtual std::vector<tabular::WantedColumn> columns() const = 0;

  // The header was read and has what is required. An error refuses the file; its message is for the
  // sender.
  virtual absl::Status OnHeader(const tabular::HeaderMap& header) = 0;

  // Checks one row and keeps it for Apply, or refuses it with everything that is wrong. An error
  // (not a refusal) ends the import: the caller went away, another service failed.
  virtual absl::Status OnRow(const tabular::Record& record, Refusals& refusals) = 0;

  // All rows are in; what can only be judged over the whole file (one form of dates, the same key
  // twice) is judged here.
  virtual absl::Status OnEnd(Refusals& refusals) = 0;

  // Writes what was kept. May be called again when the transaction has to be repeated: starts
  // afresh each time. May still refuse rows that only the database can judge.
  virtual absl::StatusOr<Effect> Apply(storage::Transaction& transaction, Refusals& refusals) = 0;
};

}  // namespace pathways::importing
