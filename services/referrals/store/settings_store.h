// Codes a decision may name, and what an authority sets for itself.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// Whether the action's table (CodeTable) holds the code on that day.
absl::StatusOr<bool> IsCodeInUse(storage::Transaction& transaction, Action action,
                                 std::string_view code, education::Day day);

absl::StatusOr<int> DecisionWorkingDays(storage::Transaction& transaction,
                                        education::LaCode la_code);

}  // namespace pathways::referrals
