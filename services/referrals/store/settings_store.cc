#include "services/referrals/store/settings_store.h"

#include "libs/storage/sql.h"

namespace pathways::referrals {
namespace {

using storage::Sql;

constexpr Sql kIsCodeInUse = R"(
  select exists (select 1 from decision_code
                 where decision = $1 and code = $2 and first_day <= $3 and (last_day is null or last_day >= $3)))";

}  // namespace

absl::StatusOr<bool> IsCodeInUse(storage::Transaction& transaction, Action action,
                                 std::string_view code, education::Day day) {
  const auto row = transaction.QueryOne(kIsCodeInUse, CodeTable(action), code, day);
  if (!row.ok()) return row.status();
  return row->Get<bool>(0);
}

}  // namespace pathways::referrals
