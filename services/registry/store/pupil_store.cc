#include "services/registry/store/pupil_store.h"

#include <utility>

#include "libs/storage/sql.h"
#include "services/registry/store/pupil_rows.h"

namespace pathways::registry {
namespace {

using education::PupilId;
using education::Upn;
using storage::Sql;

// One import of pupils at a time: two files that bring the same new child must not make two of
// them.
constexpr Sql kLockImports = "select pg_advisory_xact_lock(hashtext('registry.pupil_import'))";

constexpr Sql kKnownPupils = R"(
  with wanted as (
    select pupil_id from pupil where upn = any($1::text[])
    union
    select pupil_id from former_upn where upn = any($1::text[]))
  select p.*, c.valid_from, c.year_group, c.sen_provision, c.pupil_premium, c.free_school_meals,
         c.english_additional_language, c.looked_after, c.version as characteristics_version,
         c.valid_from = '-infinity' as is_first
  from wanted
  join pupil p using (pupil_id)
  join lateral (select * from pupil_characteristics h where h.pupil_id = p.pupil_id
                order by h.valid_from desc limit 1) c on true
  order by p.pupil_id)";

constexpr Sql kFormerUpns = "select upn, pupil_id from former_upn where pupil_id = any($1::uuid[])";

constexpr Sql kEnrolmentsOfPupils = R"(
  select * from enrolment where pupil_id = any($1::uuid[]) order by pupil_id, entry_date, arrival)";

constexpr Sql kFindPupil = R"(
  select p.*, c.year_group, c.sen_provision, c.pupil_premium, c.free_school_meals, c.english_additional_language,
         c.looked_after
  from pupil p
  join lateral (select * from pupil_characteristics h where h.pupil_id = p.pupil_id
                order by h.valid_from desc limit 1) c on true
  where p.pupil_id = $1)";

constexpr Sql kEnrolmentsOf = R"(
  select e.*, coalesce(s.name, '') as school_name
  from enrolment e left join school s using (urn)
  where e.pupil_id = $1 order by e.entry_date desc, e.arrival desc)";

constexpr Sql kPupilsByIds = R"(
  select p.pupil_id, p.upn, p.surname, p.forename, c.year_group, coalesce(e.urn, 0) as urn
  from pupil p
  join lateral (select year_group from pupil_characteristics h where h.pupil_id = p.pupil_id
                order by h.valid_from desc limit 1) c on true
  left join lateral (select urn from enrolment n where n.pupil_id = p.pupil_id
                     order by n.entry_date desc limit 1) e on true
  where p.pupil_id = any($1::uuid[]))";

constexpr Sql kSearchPupils = R"(
  select p.pupil_id, p.upn, p.surname, p.forename, c.year_group, e.urn
  from pupil p
  join lateral (select year_group from pupil_characteristics h where h.pupil_id = p.pupil_id
                order by h.valid_from desc limit 1) c on true
  join lateral (select urn from enrolment n where n.pupil_id = p.pupil_id and ($3 = 0 or n.urn = $3)
                order by n.entry_date desc limit 1) e on true
  where case when $2 <> '' then p.upn = $2
             else (p.surname_key >= $1 and p.surname_key < $1 || U&'\FFFD')
               or (p.forename_key >= $1 and p.forename_key < $1 || U&'\FFFD') end
  order by p.surname_key, p.forename_key, p.pupil_id
  limit $5 offset $4)";

PupilInList ReadInList(const storage::Row& row) {
  return {row.Get<PupilId>("pupil_id"),       ReadUpn(row, "upn"),
          row.Get<std::string>("surname"),    row.Get<std::string>("forename"),
          row.Get<std::string>("year_group"), row.Get<std::int32_t>("urn")};
}

std::vector<PupilInList> ReadList(const storage::Rows& rows) {
  std::vector<PupilInList> pupils;
  for (const auto& row : rows) pupils.push_back(ReadInList(row));
  return pupils;
}

CharacteristicsFrom ReadLatest(const storage::Row& row) {
  std::optional<education::Day> from;
  if (!row.Get<bool>("is_first")) from = row.Get<education::Day>("valid_from");
  return {from, ReadCharacteristics(row), row.Get<std::int64_t>("characteristics_version")};
}

absl::Status AddEnrolments(storage::Transaction& transaction, const std::vector<PupilId>& ids,
                           std::map<PupilId, std::size_t>& index, KnownPupils& known) {
  auto rows = transaction.Query(kEnrolmentsOfPupils, ids);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    known.pupils[index.at(row.Get<PupilId>("pupil_id"))].enrolments.push_back(ReadEnrolment(row));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<KnownPupils> LockKnownPupils(storage::Transaction& transaction,
                                            const std::vector<Upn>& upns) {
  if (auto locked = transaction.Query(kLockImports); !locked.ok()) return locked.status();
  std::vector<std::string> texts;
  texts.reserve(upns.size());
  for (const Upn& upn : upns) texts.push_back(upn.ToString());
  auto rows = transaction.Query(kKnownPupils, texts);
  if (!rows.ok()) return rows.status();

  KnownPupils known;
  std::vector<PupilId> ids;
  std::map<PupilId, std::size_t> index;
  for (const auto& row : *rows) {
    const auto id = row.Get<PupilId>("pupil_id");
    index.emplace(id, known.pupils.size());
    ids.push_back(id);
    known.pupils.push_back({id, ReadIdentity(row), ReadLatest(row), {}});
    known.by_upn.emplace(known.pupils.back().identity.upn, known.pupils.size() - 1);
  }
  auto former = transaction.Query(kFormerUpns, ids);
  if (!former.ok()) return former.status();
  for (const auto& row : *former)
    known.by_upn.emplace(ReadUpn(row, "upn"), index.at(row.Get<PupilId>("pupil_id")));
  if (absl::Status status = AddEnrolments(transaction, ids, index, known); !status.ok())
    return status;
  return known;
}

absl::StatusOr<PupilRecord> FindPupil(storage::Transaction& transaction, const PupilId& id) {
  auto row = transaction.QueryOne(kFindPupil, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such pupil.");
  if (!row.ok()) return row.status();
  return PupilRecord{id, ReadIdentity(*row), ReadCharacteristics(*row)};
}

absl::StatusOr<std::vector<EnrolmentAtSchool>> EnrolmentsOf(storage::Transaction& transaction,
                                                            const PupilId& id) {
  auto rows = transaction.Query(kEnrolmentsOf, id);
  if (!rows.ok()) return rows.status();
  std::vector<EnrolmentAtSchool> enrolments;
  for (const auto& row : *rows)
    enrolments.push_back({ReadEnrolment(row), row.Get<std::string>("school_name")});
  return enrolments;
}

absl::StatusOr<std::vector<PupilInList>> PupilsByIds(storage::Transaction& transaction,
                                                     const std::vector<PupilId>& ids) {
  auto rows = transaction.Query(kPupilsByIds, ids);
  if (!rows.ok()) return rows.status();
  return ReadList(*rows);
}

absl::StatusOr<std::vector<PupilInList>> SearchPupils(storage::Transaction& transaction,
                                                      const PupilSearch& search) {
  auto rows = transaction.Query(kSearchPupils, search.prefix,
                                search.upn ? search.upn->ToString() : std::string(), search.urn,
                                search.offset, search.limit);
  if (!rows.ok()) return rows.status();
  return ReadList(*rows);
}

}  // namespace pathways::registry
