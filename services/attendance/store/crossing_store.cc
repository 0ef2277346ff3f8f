#include "services/attendance/store/crossing_store.h"

#include "libs/storage/sql.h"
#include "services/attendance/store/codecs.h"

namespace pathways::attendance {
namespace {

using education::CrossingKind;
using education::Day;
using education::EnrolmentId;
using education::LaCode;
using education::PupilId;
using education::Urn;
using storage::Sql;
using storage::Transaction;

constexpr Sql kReadCrossingsFrom = R"(
  select c.urn, c.enrolment_id, c.day, c.kind, c.possible, c.absent, c.unauthorised
  from unnest($1::int[], $2::date[]) as k(urn, first_day)
  join crossing c on c.urn = k.urn and c.day >= k.first_day)";

constexpr Sql kDeleteCrossings = R"(
  delete from crossing c
  using unnest($1::uuid[], $2::date[], $3::text[]) as k(enrolment_id, day, kind)
  where c.enrolment_id = k.enrolment_id and c.day = k.day and c.kind = k.kind)";

constexpr Sql kWriteCrossings = R"(
  insert into crossing (la_code, urn, enrolment_id, day, kind, possible, absent, unauthorised)
  select * from unnest($1::int[], $2::int[], $3::uuid[], $4::date[], $5::text[], $6::int[], $7::int[], $8::int[])
  on conflict (enrolment_id, day, kind) do update
  set possible = excluded.possible, absent = excluded.absent, unauthorised = excluded.unauthorised)";

constexpr Sql kTakeVersions = R"(
  with taken as (
    insert into enrolment_version as v (la_code, urn, enrolment_id, version)
    select * from unnest($1::int[], $2::int[], $3::uuid[], $4::bigint[])
    on conflict (enrolment_id) do update set version = v.version + excluded.version
    returning v.enrolment_id, v.version)
  select t.enrolment_id, t.version, e.pupil_id
  from taken t join enrolment e on e.enrolment_id = t.enrolment_id)";

constexpr Sql kListCrossings = R"(
  select c.urn, c.enrolment_id, c.day, c.kind, c.possible, c.absent, c.unauthorised, e.pupil_id
  from crossing c join enrolment e on e.enrolment_id = c.enrolment_id
  where c.day between $1 and $2 and ($3::int is null or c.urn = $3) and ($4::text is null or c.kind = $4)
  order by c.day desc, c.urn, c.enrolment_id, c.kind
  offset $5 limit $6)";

constexpr Sql kReadCrossings = R"(
  select c.urn, c.enrolment_id, c.day, c.kind, c.possible, c.absent, c.unauthorised, e.pupil_id
  from crossing c join enrolment e on e.enrolment_id = c.enrolment_id
  where c.urn = any($1::int[]) and c.day between $2 and $3
  order by c.urn)";

constexpr Sql kListPupilCrossings = R"(
  select c.urn, c.enrolment_id, c.day, c.kind, c.possible, c.absent, c.unauthorised, e.pupil_id
  from enrolment e join crossing c on c.enrolment_id = e.enrolment_id
  where e.pupil_id = $1 and c.day between $2 and $3
  order by c.day desc, c.urn, c.kind)";

EnrolmentCrossing ReadCrossing(const storage::Row& row) {
  return {.enrolment = row.Get<EnrolmentId>("enrolment_id"),
          .day = row.Get<Day>("day"),
          .kind = row.Get<CrossingKind>("kind"),
          .possible = row.Get<std::int32_t>("possible"),
          .absent = row.Get<std::int32_t>("absent"),
          .unauthorised = row.Get<std::int32_t>("unauthorised")};
}

std::vector<CrossingRow> ReadList(const storage::Rows& rows) {
  std::vector<CrossingRow> list;
  list.reserve(rows.size());
  for (const auto& row : rows) {
    list.push_back({row.Get<Urn>("urn"), row.Get<PupilId>("pupil_id"), ReadCrossing(row)});
  }
  return list;
}

}  // namespace

absl::StatusOr<std::map<Urn, std::vector<EnrolmentCrossing>>> ReadCrossingsFrom(
    Transaction& transaction, std::span<const UrnDay> first_days) {
  std::vector<Urn> urns;
  std::vector<Day> days;
  for (const auto& [urn, day] : first_days) {
    urns.push_back(urn);
    days.push_back(day);
  }
  auto rows = transaction.Query(kReadCrossingsFrom, urns, days);
  if (!rows.ok()) return rows.status();
  std::map<Urn, std::vector<EnrolmentCrossing>> crossings;
  for (const auto& row : *rows) crossings[row.Get<Urn>("urn")].push_back(ReadCrossing(row));
  return crossings;
}

absl::Status DeleteCrossings(Transaction& transaction, std::span<const SchoolCrossing> crossings) {
  if (crossings.empty()) return absl::OkStatus();
  std::vector<EnrolmentId> enrolments;
  std::vector<Day> days;
  std::vector<CrossingKind> kinds;
  for (const SchoolCrossing& row : crossings) {
    enrolments.push_back(row.crossing.enrolment);
    days.push_back(row.crossing.day);
    kinds.push_back(row.crossing.kind);
  }
  return transaction.Execute(kDeleteCrossings, enrolments, days, kinds).status();
}

absl::Status WriteCrossings(Transaction& transaction, std::span<const SchoolCrossing> crossings) {
  if (crossings.empty()) return absl::OkStatus();
  std::vector<LaCode> la_codes;
  std::vector<Urn> urns;
  std::vector<EnrolmentId> enrolments;
  std::vector<Day> days;
  std::vector<CrossingKind> kinds;
  std::vector<std::int32_t> possible, absent, unauthorised;
  for (const auto& [school, crossing] : crossings) {
    la_codes.push_back(school.la_code);
    urns.push_back(school.urn);
    enrolments.push_back(crossing.enrolment);
    days.push_back(crossing.day);
    kinds.push_back(crossing.kind);
    possible.push_back(crossing.possible);
    absent.push_back(crossing.absent);
    unauthorised.push_back(crossing.unauthorised);
  }
  return transaction
      .Execute(kWriteCrossings, la_codes, urns, enrolments, days, kinds, possible, absent,
               unauthorised)
      .status();
}

absl::StatusOr<absl::flat_hash_map<EnrolmentId, EnrolmentVersion>> TakeVersions(
    Transaction& transaction, std::span<const EventCount> counts) {
  absl::flat_hash_map<EnrolmentId, EnrolmentVersion> versions;
  if (counts.empty()) return versions;
  std::vector<LaCode> la_codes;
  std::vector<Urn> urns;
  std::vector<EnrolmentId> enrolments;
  std::vector<std::int64_t> events;
  for (const EventCount& count : counts) {
    la_codes.push_back(count.school.la_code);
    urns.push_back(count.school.urn);
    enrolments.push_back(count.enrolment);
    events.push_back(count.events);
  }
  auto rows = transaction.Query(kTakeVersions, la_codes, urns, enrolments, events);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    versions.insert_or_assign(
        row.Get<EnrolmentId>("enrolment_id"),
        EnrolmentVersion{row.Get<PupilId>("pupil_id"), row.Get<std::int64_t>("version")});
  }
  if (versions.size() == counts.size()) return versions;
  return absl::InternalError("an enrolment with marks is not among the enrolments");
}

absl::StatusOr<std::vector<CrossingRow>> ListCrossings(Transaction& transaction,
                                                       const CrossingQuery& query) {
  auto rows = transaction.Query(kListCrossings, query.from, query.to, query.urn, query.kind,
                                query.offset, query.limit);
  if (!rows.ok()) return rows.status();
  return ReadList(*rows);
}

absl::StatusOr<std::vector<CrossingRow>> ReadCrossings(Transaction& transaction,
                                                       const std::vector<Urn>& urns, Day from,
                                                       Day to) {
  auto rows = transaction.Query(kReadCrossings, urns, from, to);
  if (!rows.ok()) return rows.status();
  return ReadList(*rows);
}

absl::StatusOr<std::vector<CrossingRow>> ListPupilCrossings(Transaction& transaction,
                                                            const PupilId& pupil, Day from,
                                                            Day to) {
  auto rows = transaction.Query(kListPupilCrossings, pupil, from, to);
  if (!rows.ok()) return rows.status();
  return ReadList(*rows);
}

}  // namespace pathways::attendance
