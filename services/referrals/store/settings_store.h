// Codes a decision may name, and how long the authority may take for it.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "libs/settings/settings_store.h"
#include "libs/storage/transaction.h"
#include "services/referrals/domain/decision.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// Whether the action's table (CodeTable) holds the code on that day.
absl::StatusOr<bool> IsCodeInUse(storage::Transaction& transaction, Action action,
                                 std::string_view code, education::Day day);

// Working days until a request is to be decided. Usual: see domain/decision.h.
inline constexpr settings::Setting kDecisionDays{
    .name = "decision_working_days", .usual = kUsualDecisionWorkingDays, .least = 1, .most = 20};

}  // namespace pathways::referrals
