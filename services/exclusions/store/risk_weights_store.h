// The weights of authorities: what is on, what was, and what is being thought about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/domain/risk.h"

namespace pathways::exclusions {

// Weights that were ever on. Number 0: the usual ones, of an authority that never set its own.
struct NumberedWeights {
  int number = 0;
  RiskWeights weights;
  std::string reason = {};
  std::optional<education::Instant> switched_on_at = {};
  std::string switched_on_by = {};
};

// Those that are on, of every authority asked for.
absl::StatusOr<std::map<education::LaCode, NumberedWeights>> ReadWeightsOn(
    storage::Transaction& transaction, const std::set<education::LaCode>& authorities);
// All that ever were, the newest first, down to the usual ones.
absl::StatusOr<std::vector<NumberedWeights>> ReadWeightsHistory(storage::Transaction& transaction,
                                                                education::LaCode la_code);
// The weights of that number; NOT_FOUND when there are none.
absl::StatusOr<NumberedWeights> ReadWeights(storage::Transaction& transaction,
                                            education::LaCode la_code, int number);

// ALREADY_EXISTS when that number is taken.
absl::Status InsertWeights(storage::Transaction& transaction, education::LaCode la_code,
                           const NumberedWeights& weights, education::Instant now);

struct WeightsDraft {
  RiskWeights weights;
  std::int64_t version = 0;
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};
};
// Locked where `lock`. Nothing: there is none.
absl::StatusOr<std::optional<WeightsDraft>> FindWeightsDraft(storage::Transaction& transaction,
                                                             education::LaCode la_code, bool lock);
// False when somebody else made or changed the draft meanwhile.
absl::StatusOr<bool> PutWeightsDraft(storage::Transaction& transaction, education::LaCode la_code,
                                     const WeightsDraft& draft);
absl::Status DeleteWeightsDraft(storage::Transaction& transaction, education::LaCode la_code);

}  // namespace pathways::exclusions
