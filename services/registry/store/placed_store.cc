#include "services/registry/store/placed_store.h"

namespace pathways::registry {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kForgetStaff = "delete from provider_staff where provider_id = $1";
constexpr Sql kAddStaff = R"(
  insert into provider_staff (provider_id, person_id) select $1, unnest($2::uuid[]))";

constexpr Sql kKeep = R"(
  insert into placed_pupil (placement_id, pupil_id, urn, la_code, provider_id, receiving_urn, returning_urn, open)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (placement_id) do update
  set returning_urn = excluded.returning_urn, open = excluded.open)";

constexpr Sql kFind = R"(
  select distinct on (pupil_id) placement_id, pupil_id, urn, la_code
  from placed_pupil where pupil_id = any($1::uuid[])
  order by pupil_id, placement_id)";

}  // namespace

absl::Status SetStaff(Transaction& transaction, const ProviderId& provider,
                      const std::vector<education::PersonId>& people) {
  auto forgotten = transaction.Execute(kForgetStaff, provider);
  if (!forgotten.ok()) return forgotten.status();
  return transaction.Execute(kAddStaff, provider, people).status();
}

absl::Status KeepPlaced(Transaction& transaction, const PlacedPupil& placed) {
  return transaction
      .Execute(kKeep, placed.placement, placed.pupil, placed.urn, placed.la_code, placed.provider,
               placed.receiving, placed.returning, placed.open)
      .status();
}

absl::StatusOr<std::vector<PlacedPupil>> FindPlaced(Transaction& transaction,
                                                    const std::vector<education::PupilId>& pupils) {
  const auto rows = transaction.Query(kFind, pupils);
  if (!rows.ok()) return rows.status();
  std::vector<PlacedPupil> placed;
  for (const auto& row : *rows) {
    placed.push_back({.placement = row.Get<PlacementId>("placement_id"),
                      .pupil = row.Get<education::PupilId>("pupil_id"),
                      .urn = row.Get<education::Urn>("urn"),
                      .la_code = row.Get<education::LaCode>("la_code")});
  }
  return placed;
}

}  // namespace pathways::registry
