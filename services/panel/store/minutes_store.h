// Minutes in the database: the clerk's words, and what was signed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/sitting.h"

namespace pathways::panel {

struct MinutesRow {
  SittingId sitting;
  education::LaCode la_code;
  std::int64_t version = 0;
  std::string updated_by = {};
  education::Instant updated_at = {};
  std::string last_call = {};
  std::optional<education::Instant> signed_at = {};
  std::string signed_by = {};
  std::string digest = {};  // hexadecimal
  bool intact = true;
};
// Version 0 where nobody has changed anything.
absl::StatusOr<MinutesRow> FindMinutes(storage::Transaction& transaction, const Sitting& sitting);
// The same, made where it is not there, and nobody else changes it until the transaction ends.
absl::StatusOr<MinutesRow> LockMinutes(storage::Transaction& transaction, const Sitting& sitting);
absl::Status UpdateMinutes(storage::Transaction& transaction, const MinutesRow& minutes);

struct MinutesWords {
  std::string words;
  std::string drafted;  // what the clerk saw when they wrote
};
// By item; those the caller may see.
absl::StatusOr<std::map<std::string, MinutesWords>> ReadMinutesWords(
    storage::Transaction& transaction, const SittingId& sitting);
// Empty words take the clerk's away.
absl::Status KeepMinutesWords(storage::Transaction& transaction, const MinutesRow& minutes,
                              const std::string& item, const std::optional<CaseId>& panel_case,
                              const MinutesWords& words);

struct MinutesPart {
  std::optional<CaseId> panel_case = {};
  std::string content;  // a MinutesItem as JSON
};
// Signed by the caller now, with these parts.
absl::Status SealMinutes(storage::Transaction& transaction, const MinutesRow& minutes,
                         const std::vector<MinutesPart>& parts);
// As signed, those the caller may see.
absl::StatusOr<std::vector<std::string>> ReadMinutesParts(storage::Transaction& transaction,
                                                          const SittingId& sitting);

}  // namespace pathways::panel
