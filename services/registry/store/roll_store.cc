#include "services/registry/store/roll_store.h"

#include "libs/storage/sql.h"

namespace pathways::registry {
namespace {

using storage::Sql;

constexpr Sql kRollVersion = "select version from roll_version where urn = $1";

constexpr Sql kRollEntries = R"(
  select e.enrolment_id, e.pupil_id, p.upn, e.entry_date, e.leaving_date, p.date_of_birth,
         array(select f.upn from former_upn f where f.pupil_id = e.pupil_id order by f.upn) as former_upns
  from enrolment e join pupil p using (pupil_id)
  where e.urn = $1 and e.entry_date <= $3 and (e.leaving_date is null or e.leaving_date >= $2)
  order by e.arrival)";

}  // namespace

absl::StatusOr<std::int64_t> RollVersion(storage::Transaction& transaction, education::Urn urn) {
  auto row = transaction.QueryOptional(kRollVersion, urn);
  if (!row.ok()) return row.status();
  return row->has_value() ? (*row)->Get<std::int64_t>("version") : 0;
}

absl::StatusOr<std::vector<RollEntry>> RollEntries(storage::Transaction& transaction, education::Urn urn,
                                                   education::Day first, education::Day last) {
  auto rows = transaction.Query(kRollEntries, urn, first, last);
  if (!rows.ok()) return rows.status();
  std::vector<RollEntry> entries;
  entries.reserve(rows->size());
  for (const auto& row : *rows) {
    entries.push_back({row.Get<education::EnrolmentId>("enrolment_id"), row.Get<education::PupilId>("pupil_id"),
                       row.Get<std::string>("upn"), row.Get<std::vector<std::string>>("former_upns"),
                       row.Get<education::Day>("entry_date"), row.GetOptional<education::Day>("leaving_date"),
                       row.Get<education::Day>("date_of_birth")});
  }
  return entries;
}

}  // namespace pathways::registry
