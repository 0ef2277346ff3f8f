#include "services/registry/store/roll_store.h"

#include "libs/storage/sql.h"

namespace pathways::registry {
namespace {

using storage::Sql;

// A calendar's version is the sum over the authority's and the school's own, of every year: it only
// rises.
constexpr Sql kListVersions = R"(
  select s.urn, s.la_code, coalesce(r.version, 0) as roll,
         (select coalesce(sum(c.version), 0)::bigint from calendar_version c
          where c.la_code = s.la_code and c.urn in (0, s.urn)) as calendar
  from school s left join roll_version r using (urn)
  where cardinality($1::int[]) = 0 or s.urn = any($1::int[])
  order by s.urn)";

constexpr Sql kRollVersion = "select version from roll_version where urn = $1";

constexpr Sql kRollEntries = R"(
  select e.enrolment_id, e.pupil_id, p.upn, e.entry_date, e.leaving_date, p.date_of_birth,
         array(select f.upn from former_upn f where f.pupil_id = e.pupil_id order by f.upn) as former_upns
  from enrolment e join pupil p using (pupil_id)
  where e.urn = $1 and e.entry_date <= $3 and (e.leaving_date is null or e.leaving_date >= $2)
  order by e.arrival)";

}  // namespace

absl::StatusOr<std::vector<Versions>> ListVersions(storage::Transaction& transaction,
                                                   const std::vector<std::int32_t>& urns) {
  auto rows = transaction.Query(kListVersions, urns);
  if (!rows.ok()) return rows.status();
  std::vector<Versions> versions;
  for (const auto& row : *rows) {
    versions.push_back({row.Get<education::Urn>("urn"), row.Get<education::LaCode>("la_code"),
                        row.Get<std::int64_t>("roll"), row.Get<std::int64_t>("calendar")});
  }
  return versions;
}

absl::StatusOr<std::int64_t> RollVersion(storage::Transaction& transaction, education::Urn urn) {
  auto row = transaction.QueryOptional(kRollVersion, urn);
  if (!row.ok()) return row.status();
  return row->has_value() ? (*row)->Get<std::int64_t>("version") : 0;
}

absl::StatusOr<std::vector<RollEntry>> RollEntries(storage::Transaction& transaction,
                                                   education::Urn urn, education::Day first,
                                                   education::Day last) {
  auto rows = transaction.Query(kRollEntries, urn, first, last);
  if (!rows.ok()) return rows.status();
  std::vector<RollEntry> entries;
  entries.reserve(rows->size());
  for (const auto& row : *rows) {
    entries.push_back(
        {row.Get<education::EnrolmentId>("enrolment_id"), row.Get<education::PupilId>("pupil_id"),
         row.Get<std::string>("upn"), row.Get<std::vector<std::string>>("former_upns"),
         row.Get<education::Day>("entry_date"), row.GetOptional<education::Day>("leaving_date"),
         row.Get<education::Day>("date_of_birth")});
  }
  return entries;
}

}  // namespace pathways::registry
