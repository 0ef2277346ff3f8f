#include "services/attendance/store/enrolment_store.h"

#include "libs/storage/sql.h"
#include "services/attendance/store/codecs.h"

namespace pathways::attendance {
namespace {

using education::Day;
using education::EnrolmentId;
using education::Instant;
using education::LaCode;
using education::PupilCharacteristics;
using education::PupilId;
using education::Urn;
using storage::Sql;
using storage::Transaction;

constexpr Sql kAddEnrolments = R"(
  insert into enrolment (la_code, urn, enrolment_id, pupil_id, entry_date, leaving_date, recorded_at)
  select k.*, $7 from unnest($1::int[], $2::int[], $3::uuid[], $4::uuid[], $5::date[], $6::date[]) as k
  on conflict (enrolment_id) do nothing)";

constexpr Sql kPutEnrolments = R"(
  insert into enrolment (la_code, urn, enrolment_id, pupil_id, entry_date, leaving_date, recorded_at)
  select k.*, $7 from unnest($1::int[], $2::int[], $3::uuid[], $4::uuid[], $5::date[], $6::date[]) as k
  on conflict (enrolment_id) do update
  set la_code = excluded.la_code, urn = excluded.urn, pupil_id = excluded.pupil_id,
      entry_date = excluded.entry_date, leaving_date = excluded.leaving_date)";

constexpr Sql kPutCharacteristics = R"(
  insert into characteristics (pupil_id, valid_from, recorded_at, sen_provision, pupil_premium, sex, year_group,
                               looked_after)
  select k.pupil_id, coalesce(k.valid_from, '-infinity'), $8, k.sen_provision, k.pupil_premium, k.sex, k.year_group,
         k.looked_after
  from unnest($1::uuid[], $2::date[], $3::text[], $4::boolean[], $5::text[], $6::text[], $7::boolean[])
    as k(pupil_id, valid_from, sen_provision, pupil_premium, sex, year_group, looked_after)
  on conflict (pupil_id, valid_from, recorded_at) do update
  set sen_provision = excluded.sen_provision, pupil_premium = excluded.pupil_premium, sex = excluded.sex,
      year_group = excluded.year_group, looked_after = excluded.looked_after)";

constexpr Sql kReadEnrolments = R"(
  select la_code, urn, enrolment_id, pupil_id, entry_date, leaving_date from enrolment
  where urn = any($1::int[]) and entry_date <= $3 and coalesce(leaving_date, 'infinity') >= $2
    and ($4::timestamptz is null or recorded_at <= $4)
  order by urn)";

constexpr Sql kReadEnrolmentsOf = R"(
  select la_code, urn, enrolment_id, pupil_id, entry_date, leaving_date from enrolment
  where pupil_id = $1 order by entry_date desc, enrolment_id)";

// isfinite: a pupil's first values hold for all days before.
constexpr Sql kReadCharacteristics = R"(
  select c.pupil_id, case when isfinite(c.valid_from) then c.valid_from end as valid_from, c.sen_provision,
         c.pupil_premium, c.sex, c.year_group, c.looked_after
  from characteristics c
  where c.pupil_id in (select pupil_id from enrolment
                       where urn = any($1::int[]) and entry_date <= $3 and coalesce(leaving_date, 'infinity') >= $2)
    and ($4::timestamptz is null or c.recorded_at <= $4)
  order by c.pupil_id, c.valid_from, c.recorded_at)";

constexpr Sql kReadSchools =
    "select la_code, urn from book where $1::int is null or la_code = $1 order by urn";

constexpr Sql kReadSchool = "select la_code, urn from book where urn = $1";

struct EnrolmentColumns {
  std::vector<LaCode> la_code;
  std::vector<Urn> urn;
  std::vector<EnrolmentId> enrolment;
  std::vector<PupilId> pupil;
  std::vector<Day> entry;
  std::vector<std::optional<Day>> leaving;

  explicit EnrolmentColumns(std::span<const EnrolmentRow> rows) {
    for (const EnrolmentRow& row : rows) {
      la_code.push_back(row.school.la_code);
      urn.push_back(row.school.urn);
      enrolment.push_back(row.enrolment);
      pupil.push_back(row.pupil);
      entry.push_back(row.entry);
      leaving.push_back(row.leaving);
    }
  }
};

std::vector<EnrolmentRow> ReadRows(const storage::Rows& rows) {
  std::vector<EnrolmentRow> enrolments;
  enrolments.reserve(rows.size());
  for (const auto& row : rows) {
    enrolments.push_back({.school = {row.Get<Urn>(1), row.Get<LaCode>(0)},
                          .enrolment = row.Get<EnrolmentId>(2),
                          .pupil = row.Get<PupilId>(3),
                          .entry = row.Get<Day>(4),
                          .leaving = row.GetOptional<Day>(5)});
  }
  return enrolments;
}

// Texts were checked when the event was taken in; one that is none of the codes any more reads as
// not recorded.
template <typename T>
std::optional<T> OrNothing(const absl::StatusOr<T>& parsed) {
  return parsed.ok() ? std::optional(*parsed) : std::nullopt;
}

PupilCharacteristics ReadValues(const storage::Row& row) {
  PupilCharacteristics values;
  values.sen_provision =
      OrNothing(education::ParseSenProvision(row.Get<std::string_view>("sen_provision")));
  values.pupil_premium = row.Get<bool>("pupil_premium");
  values.sex = OrNothing(education::ParseSex(row.Get<std::string_view>("sex")));
  values.year_group =
      OrNothing(education::YearGroup::Parse(row.Get<std::string_view>("year_group")));
  values.looked_after = row.Get<bool>("looked_after");
  return values;
}

}  // namespace

absl::Status AddEnrolments(Transaction& transaction, std::span<const EnrolmentRow> enrolments,
                           Instant now) {
  if (enrolments.empty()) return absl::OkStatus();
  const EnrolmentColumns c(enrolments);
  return transaction
      .Execute(kAddEnrolments, c.la_code, c.urn, c.enrolment, c.pupil, c.entry, c.leaving, now)
      .status();
}

absl::Status PutEnrolments(Transaction& transaction, std::span<const EnrolmentRow> enrolments,
                           Instant now) {
  if (enrolments.empty()) return absl::OkStatus();
  const EnrolmentColumns c(enrolments);
  return transaction
      .Execute(kPutEnrolments, c.la_code, c.urn, c.enrolment, c.pupil, c.entry, c.leaving, now)
      .status();
}

absl::Status PutCharacteristics(Transaction& transaction, std::span<const CharacteristicsRow> rows,
                                Instant now) {
  if (rows.empty()) return absl::OkStatus();
  std::vector<PupilId> pupil;
  std::vector<std::optional<Day>> valid_from;
  std::vector<std::string> sen_provision, sex, year_group;
  std::vector<bool> pupil_premium, looked_after;
  for (const CharacteristicsRow& row : rows) {
    const PupilCharacteristics& values = row.values;
    pupil.push_back(row.pupil);
    valid_from.push_back(row.valid_from);
    sen_provision.emplace_back(values.sen_provision ? education::ToString(*values.sen_provision)
                                                    : "");
    sex.emplace_back(values.sex ? education::ToString(*values.sex) : "");
    year_group.push_back(values.year_group ? values.year_group->ToString() : "");
    pupil_premium.push_back(values.pupil_premium.value_or(false));
    looked_after.push_back(values.looked_after.value_or(false));
  }
  return transaction
      .Execute(kPutCharacteristics, pupil, valid_from, sen_provision, pupil_premium, sex,
               year_group, looked_after, now)
      .status();
}

absl::StatusOr<std::vector<EnrolmentRow>> ReadEnrolments(Transaction& transaction,
                                                         const EnrolmentQuery& query) {
  auto rows = transaction.Query(kReadEnrolments, query.urns, query.from, query.to, query.known_at);
  if (!rows.ok()) return rows.status();
  return ReadRows(*rows);
}

absl::StatusOr<std::vector<EnrolmentRow>> ReadEnrolmentsOf(Transaction& transaction,
                                                           const PupilId& pupil) {
  auto rows = transaction.Query(kReadEnrolmentsOf, pupil);
  if (!rows.ok()) return rows.status();
  return ReadRows(*rows);
}

absl::StatusOr<absl::flat_hash_map<PupilId, CharacteristicsHistory>> ReadCharacteristics(
    Transaction& transaction, const EnrolmentQuery& query) {
  auto rows =
      transaction.Query(kReadCharacteristics, query.urns, query.from, query.to, query.known_at);
  if (!rows.ok()) return rows.status();
  absl::flat_hash_map<PupilId, CharacteristicsHistory> histories;
  for (const auto& row : *rows) {
    histories[row.Get<PupilId>("pupil_id")].Add(row.GetOptional<Day>("valid_from"),
                                                ReadValues(row));
  }
  return histories;
}

absl::StatusOr<std::vector<SchoolKey>> ReadSchools(Transaction& transaction,
                                                   std::optional<LaCode> la_code) {
  auto rows = transaction.Query(kReadSchools, la_code);
  if (!rows.ok()) return rows.status();
  std::vector<SchoolKey> schools;
  for (const auto& row : *rows)
    schools.push_back({row.Get<Urn>("urn"), row.Get<LaCode>("la_code")});
  return schools;
}

absl::StatusOr<SchoolKey> ReadSchool(Transaction& transaction, Urn urn) {
  auto row = transaction.QueryOptional(kReadSchool, urn);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return absl::NotFoundError("There is no such school.");
  return SchoolKey{(*row)->Get<Urn>("urn"), (*row)->Get<LaCode>("la_code")};
}

}  // namespace pathways::attendance
