// What authorities set for themselves, in the database.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

namespace pathways::settings {

// A whole number. All of it constant: say where the usual value comes from beside its definition.
struct Setting {
  std::string_view name;  // in the database, for ever
  int usual;              // in force where nobody has set it
  int least, most;
};

// A value that was set.
struct Change {
  std::int64_t version = 0;
  int value = 0;
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};
};

// In force; the usual value with version 0 where nobody has set it.
absl::StatusOr<Change> ReadSetting(storage::Transaction& transaction, const Setting& setting,
                                   education::LaCode la_code);
// The same of many authorities, each of which is in the answer.
absl::StatusOr<std::map<education::LaCode, int>> ReadSettings(
    storage::Transaction& transaction, const Setting& setting,
    const std::vector<education::LaCode>& authorities);

// All that were ever set, newest first.
absl::StatusOr<std::vector<Change>> ReadChanges(storage::Transaction& transaction,
                                                const Setting& setting, education::LaCode la_code);

// By the transaction's person. ALREADY_EXISTS when somebody else set that version,
// PERMISSION_DENIED outside the scope.
absl::Status AddChange(storage::Transaction& transaction, const Setting& setting,
                       education::LaCode la_code, const Change& change);

}  // namespace pathways::settings
