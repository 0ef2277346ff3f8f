#include "services/registry/store/school_store.h"

#include <utility>

#include "libs/storage/sql.h"

namespace pathways::registry {
namespace {

using storage::Sql;

constexpr Sql kUpsertSchools = R"(
  insert into school as s (urn, laestab, la_code, la_name, name, phase, type, status, headcount, locality, postcode,
                           easting, northing, version, updated_at)
  select u.urn, u.laestab, u.la_code, u.la_name, u.name, u.phase, u.type, u.status, u.headcount, u.locality, u.postcode,
         u.easting, u.northing, 1, $14
  from unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[],
              $10::text[], $11::text[], $12::int[], $13::int[])
       as u(urn, laestab, la_code, la_name, name, phase, type, status, headcount, locality, postcode, easting, northing)
  on conflict (urn) do update
  set laestab = excluded.laestab, la_code = excluded.la_code, la_name = excluded.la_name, name = excluded.name,
      phase = excluded.phase, type = excluded.type, status = excluded.status, headcount = excluded.headcount,
      locality = case when $15 then s.locality else excluded.locality end,
      easting = case when $16 then s.easting else excluded.easting end,
      northing = case when $16 then s.northing else excluded.northing end,
      postcode = excluded.postcode, version = s.version + 1, updated_at = excluded.updated_at
  where (s.laestab, s.la_code, s.la_name, s.name, s.phase, s.type, s.status, s.headcount, s.postcode)
        is distinct from
        (excluded.laestab, excluded.la_code, excluded.la_name, excluded.name, excluded.phase, excluded.type,
         excluded.status, excluded.headcount, excluded.postcode)
     or (not $15 and s.locality <> excluded.locality)
     or (not $16 and (s.easting, s.northing) is distinct from (excluded.easting, excluded.northing))
  returning urn, version, locality, easting, northing)";

constexpr Sql kAuthoritiesOfSchools = "select urn, la_code from school";

// on_roll counts every enrolment of today, subsidiary registrations too.
constexpr Sql kListSchools = R"(
  select s.*, count(*) over () as total,
         (select count(*) from enrolment e
          where e.urn = s.urn and e.entry_date <= $5 and (e.leaving_date is null or e.leaving_date >= $5)) as on_roll
  from school s
  where ($1 = 0 or s.la_code = $1)
    and ($2 = '' or position(lower($2) in lower(s.name)) > 0 or s.urn::text = $2)
  order by s.name, s.urn
  limit $4 offset $3)";

constexpr Sql kFindSchool = R"(
  select s.*,
         (select count(*) from enrolment e
          where e.urn = s.urn and e.entry_date <= $2 and (e.leaving_date is null or e.leaving_date >= $2)) as on_roll
  from school s where s.urn = $1)";

constexpr Sql kSchoolsAfter = R"(
  select * from school where ($1 = 0 or la_code = $1) and urn > $2 order by urn limit $3)";

std::optional<GridReference> ReadGrid(const storage::Row& row) {
  const auto easting = row.GetOptional<std::int32_t>("easting");
  const auto northing = row.GetOptional<std::int32_t>("northing");
  if (!easting || !northing) return std::nullopt;
  return GridReference{*easting, *northing};
}

School ReadSchool(const storage::Row& row) {
  std::optional<education::Laestab> laestab;
  if (const auto number = row.GetOptional<std::int32_t>("laestab")) {
    if (const auto parsed = education::Laestab::FromInt(*number); parsed.ok()) laestab = *parsed;
  }
  return School{.urn = row.Get<education::Urn>("urn"),
                .la_code = row.Get<education::LaCode>("la_code"),
                .laestab = laestab,
                .la_name = row.Get<std::string>("la_name"),
                .name = row.Get<std::string>("name"),
                .phase = row.Get<std::string>("phase"),
                .type = row.Get<std::string>("type"),
                .status = row.Get<std::string>("status"),
                .headcount = row.GetOptional<std::int32_t>("headcount"),
                .locality = row.Get<std::string>("locality"),
                .postcode = row.Get<std::string>("postcode"),
                .grid = ReadGrid(row)};
}

SchoolWithRoll ReadWithRoll(const storage::Row& row) {
  return {ReadSchool(row), row.Get<std::int32_t>("on_roll")};
}

struct SchoolColumns {
  std::vector<std::int32_t> urn, la_code;
  std::vector<std::optional<std::int32_t>> laestab, headcount, easting, northing;
  std::vector<std::string> la_name, name, phase, type, status, locality, postcode;

  explicit SchoolColumns(const std::vector<School>& schools) {
    for (const School& school : schools) {
      urn.push_back(school.urn.value());
      la_code.push_back(school.la_code.value());
      laestab.push_back(school.laestab ? std::optional(school.laestab->value()) : std::nullopt);
      headcount.push_back(school.headcount);
      la_name.push_back(school.la_name);
      name.push_back(school.name);
      phase.push_back(school.phase);
      type.push_back(school.type);
      status.push_back(school.status);
      locality.push_back(school.locality);
      postcode.push_back(school.postcode);
      const auto& grid = school.grid;
      easting.push_back(grid ? std::optional(grid->easting) : std::nullopt);
      northing.push_back(grid ? std::optional(grid->northing) : std::nullopt);
    }
  }
};

}  // namespace

absl::StatusOr<std::vector<SchoolChange>> UpsertSchools(storage::Transaction& transaction,
                                                        const std::vector<School>& schools,
                                                        const Unsaid& unsaid,
                                                        education::Instant now) {
  const SchoolColumns c(schools);
  auto rows = transaction.Query(kUpsertSchools, c.urn, c.laestab, c.la_code, c.la_name, c.name,
                                c.phase, c.type, c.status, c.headcount, c.locality, c.postcode,
                                c.easting, c.northing, now, unsaid.locality, unsaid.grid);
  if (!rows.ok()) return rows.status();
  std::vector<SchoolChange> changes;
  for (const auto& row : *rows) {
    const auto version = row.Get<std::int64_t>("version");
    changes.push_back({row.Get<education::Urn>("urn"), version, version == 1,
                       row.Get<std::string>("locality"), ReadGrid(row)});
  }
  return changes;
}

absl::StatusOr<std::map<education::Urn, education::LaCode>> AuthoritiesOfSchools(
    storage::Transaction& transaction) {
  auto rows = transaction.Query(kAuthoritiesOfSchools);
  if (!rows.ok()) return rows.status();
  std::map<education::Urn, education::LaCode> authorities;
  for (const auto& row : *rows)
    authorities.emplace(row.Get<education::Urn>(0), row.Get<education::LaCode>(1));
  return authorities;
}

absl::StatusOr<SchoolPage> ListSchools(storage::Transaction& transaction,
                                       const SchoolFilter& filter, education::Day today) {
  auto rows = transaction.Query(kListSchools, filter.la_code, filter.query, filter.offset,
                                filter.limit, today);
  if (!rows.ok()) return rows.status();
  SchoolPage page;
  for (const auto& row : *rows) {
    page.schools.push_back(ReadWithRoll(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

absl::StatusOr<SchoolWithRoll> FindSchool(storage::Transaction& transaction, education::Urn urn,
                                          education::Day today) {
  auto row = transaction.QueryOne(kFindSchool, urn, today);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such school.");
  if (!row.ok()) return row.status();
  return ReadWithRoll(*row);
}

absl::StatusOr<std::vector<School>> SchoolsAfter(storage::Transaction& transaction,
                                                 std::int32_t la_code, std::int32_t after,
                                                 std::int64_t limit) {
  auto rows = transaction.Query(kSchoolsAfter, la_code, after, limit);
  if (!rows.ok()) return rows.status();
  std::vector<School> schools;
  for (const auto& row : *rows) schools.push_back(ReadSchool(row));
  return schools;
}

}  // namespace pathways::registry
