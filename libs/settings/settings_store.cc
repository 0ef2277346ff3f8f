#include "libs/settings/settings_store.h"

#include "libs/storage/sql.h"

namespace pathways::settings {
namespace {

using education::LaCode;
using storage::Sql;
using storage::Transaction;

constexpr Sql kInForce = R"(
  select distinct on (la_code) la_code, version, value, changed_at, changed_by, last_call
  from authority_setting_change
  where setting = $1 and la_code = any($2::int[])
  order by la_code, version desc)";

constexpr Sql kChanges = R"(
  select version, value, changed_at, changed_by, last_call from authority_setting_change
  where setting = $1 and la_code = $2
  order by version desc)";

constexpr Sql kAdd = R"(
  insert into authority_setting_change (la_code, setting, version, value, changed_at, last_call)
  values ($1, $2, $3, $4, $5, $6))";

Change ReadChange(const storage::Row& row) {
  return {.version = row.Get<std::int64_t>("version"),
          .value = row.Get<std::int32_t>("value"),
          .updated_at = row.Get<education::Instant>("changed_at"),
          .updated_by = row.Get<std::string>("changed_by"),
          .last_call = row.Get<std::string>("last_call")};
}

}  // namespace

absl::StatusOr<Change> ReadSetting(Transaction& transaction, const Setting& setting,
                                   LaCode la_code) {
  const auto row = transaction.QueryOptional(kInForce, setting.name, std::vector{la_code});
  if (!row.ok()) return row.status();
  return row->has_value() ? ReadChange(**row) : Change{.value = setting.usual};
}

absl::StatusOr<std::map<LaCode, int>> ReadSettings(Transaction& transaction, const Setting& setting,
                                                   const std::vector<LaCode>& authorities) {
  const auto rows = transaction.Query(kInForce, setting.name, authorities);
  if (!rows.ok()) return rows.status();
  std::map<LaCode, int> values;
  for (const LaCode la_code : authorities) values.emplace(la_code, setting.usual);
  for (const auto& row : *rows) {
    values.insert_or_assign(row.Get<LaCode>("la_code"), row.Get<std::int32_t>("value"));
  }
  return values;
}

absl::StatusOr<std::vector<Change>> ReadChanges(Transaction& transaction, const Setting& setting,
                                                LaCode la_code) {
  const auto rows = transaction.Query(kChanges, setting.name, la_code);
  if (!rows.ok()) return rows.status();
  std::vector<Change> changes;
  for (const auto& row : *rows) changes.push_back(ReadChange(row));
  return changes;
}

absl::Status AddChange(Transaction& transaction, const Setting& setting, LaCode la_code,
                       const Change& change) {
  return transaction
      .Execute(kAdd, la_code, setting.name, change.version, change.value, change.updated_at,
               change.last_call)
      .status();
}

}  // namespace pathways::settings
