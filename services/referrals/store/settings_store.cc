#include "services/referrals/store/settings_store.h"

#include "libs/storage/sql.h"
#include "services/referrals/domain/decision.h"

namespace pathways::referrals {
namespace {

using storage::Sql;

constexpr Sql kIsCodeInUse = R"(
  select exists (select 1 from decision_code
                 where decision = $1 and code = $2 and first_day <= $3 and (last_day is null or last_day >= $3)))";

constexpr Sql kDecisionWorkingDays = R"(
  select decision_working_days from authority_setting where la_code = $1)";

}  // namespace

absl::StatusOr<bool> IsCodeInUse(storage::Transaction& transaction, Action action,
                                 std::string_view code, education::Day day) {
  const auto row = transaction.QueryOne(kIsCodeInUse, CodeTable(action), code, day);
  if (!row.ok()) return row.status();
  return row->Get<bool>(0);
}

absl::StatusOr<int> DecisionWorkingDays(storage::Transaction& transaction,
                                        education::LaCode la_code) {
  const auto row = transaction.QueryOptional(kDecisionWorkingDays, la_code);
  if (!row.ok()) return row.status();
  return row->has_value() ? (*row)->Get<std::int32_t>(0) : kUsualDecisionWorkingDays;
}

}  // namespace pathways::referrals
