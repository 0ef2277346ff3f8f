#include "services/exclusions/store/risk_weights_store.h"

#include "libs/storage/sql.h"
#include "services/exclusions/store/risk_rows.h"

namespace pathways::exclusions {
namespace {

using education::Instant;
using education::LaCode;
using storage::Bytes;
using storage::Sql;
using storage::Transaction;

constexpr Sql kOn = R"(
  select distinct on (la_code) la_code, number, weights, reason, switched_on_at, switched_on_by
  from risk_weights where la_code = any($1::int[]) order by la_code, number desc)";

constexpr Sql kHistory = R"(
  select number, weights, reason, switched_on_at, switched_on_by
  from risk_weights where la_code = $1 order by number desc)";

constexpr Sql kOne = R"(
  select number, weights, reason, switched_on_at, switched_on_by
  from risk_weights where la_code = $1 and number = $2)";

constexpr Sql kInsert = R"(
  insert into risk_weights (la_code, number, weights, reason, switched_on_at) values ($1, $2, $3, $4, $5))";

constexpr Sql kDraft = R"(
  select weights, version, updated_at, updated_by, last_call from risk_weights_draft where la_code = $1)";
constexpr Sql kLockDraft = R"(
  select weights, version, updated_at, updated_by, last_call from risk_weights_draft where la_code = $1 for update)";

constexpr Sql kPutDraft = R"(
  insert into risk_weights_draft (la_code, weights, version, updated_at, updated_by, last_call)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (la_code) do update
  set weights = excluded.weights, version = excluded.version, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by, last_call = excluded.last_call
  where risk_weights_draft.version = excluded.version - 1)";

constexpr Sql kDeleteDraft = "delete from risk_weights_draft where la_code = $1";

NumberedWeights Usual() { return {.number = 0, .weights = UsualRiskWeights()}; }

absl::StatusOr<NumberedWeights> Read(const storage::Row& row) {
  const int number = row.Get<std::int32_t>("number");
  auto weights = WeightsFrom(row.Get<Bytes>("weights"), std::to_string(number));
  if (!weights.ok()) return weights.status();
  return NumberedWeights{.number = number,
                         .weights = *std::move(weights),
                         .reason = row.Get<std::string>("reason"),
                         .switched_on_at = row.Get<Instant>("switched_on_at"),
                         .switched_on_by = row.Get<std::string>("switched_on_by")};
}

}  // namespace

absl::StatusOr<std::map<LaCode, NumberedWeights>> ReadWeightsOn(
    Transaction& transaction, const std::set<LaCode>& authorities) {
  std::map<LaCode, NumberedWeights> on;
  for (const LaCode la_code : authorities) on.emplace(la_code, Usual());
  const auto rows =
      transaction.Query(kOn, std::vector<LaCode>(authorities.begin(), authorities.end()));
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    auto weights = Read(row);
    if (!weights.ok()) return weights.status();
    on.at(row.Get<LaCode>("la_code")) = *std::move(weights);
  }
  return on;
}

absl::StatusOr<std::vector<NumberedWeights>> ReadWeightsHistory(Transaction& transaction,
                                                                LaCode la_code) {
  const auto rows = transaction.Query(kHistory, la_code);
  if (!rows.ok()) return rows.status();
  std::vector<NumberedWeights> history;
  for (const auto& row : *rows) {
    auto weights = Read(row);
    if (!weights.ok()) return weights.status();
    history.push_back(*std::move(weights));
  }
  history.push_back(Usual());
  return history;
}

absl::StatusOr<NumberedWeights> ReadWeights(Transaction& transaction, LaCode la_code, int number) {
  if (number == 0) return Usual();
  const auto row = transaction.QueryOne(kOne, la_code, static_cast<std::int32_t>(number));
  if (!row.ok()) return row.status();
  return Read(*row);
}

absl::Status InsertWeights(Transaction& transaction, LaCode la_code, const NumberedWeights& weights,
                           Instant now) {
  return transaction
      .Execute(kInsert, la_code, static_cast<std::int32_t>(weights.number),
               ToBytes(weights.weights), weights.reason, now)
      .status();
}

absl::StatusOr<std::optional<WeightsDraft>> FindWeightsDraft(Transaction& transaction,
                                                             LaCode la_code, bool lock) {
  const auto row = transaction.QueryOptional(lock ? kLockDraft : kDraft, la_code);
  if (!row.ok()) return row.status();
  if (!*row) return std::nullopt;
  auto weights = WeightsFrom((*row)->Get<Bytes>("weights"), "draft");
  if (!weights.ok()) return weights.status();
  return WeightsDraft{.weights = *std::move(weights),
                      .version = (*row)->Get<std::int64_t>("version"),
                      .updated_at = (*row)->Get<Instant>("updated_at"),
                      .updated_by = (*row)->Get<std::string>("updated_by"),
                      .last_call = (*row)->Get<std::string>("last_call")};
}

absl::StatusOr<bool> PutWeightsDraft(Transaction& transaction, LaCode la_code,
                                     const WeightsDraft& draft) {
  const auto written =
      transaction.Execute(kPutDraft, la_code, ToBytes(draft.weights), draft.version,
                          draft.updated_at, draft.updated_by, draft.last_call);
  if (!written.ok()) return written.status();
  return *written == 1;
}

absl::Status DeleteWeightsDraft(Transaction& transaction, LaCode la_code) {
  return transaction.Execute(kDeleteDraft, la_code).status();
}

}  // namespace pathways::exclusions
