#include "services/exclusions/store/copies_store.h"

#include "libs/storage/sql.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::EnrolmentId;
using education::LaCode;
using education::PupilId;
using education::Urn;
using storage::Sql;
using storage::Transaction;

constexpr Sql kPutSchools = R"(
  insert into school (urn, la_code, phase, locality)
  select * from unnest($1::int[], $2::int[], $3::text[], $4::text[])
  on conflict (urn) do update
  set la_code = excluded.la_code, phase = excluded.phase, locality = excluded.locality)";

constexpr Sql kPutEnrolments = R"(
  insert into enrolment (la_code, urn, enrolment_id, pupil_id, entry_date, leaving_date, main)
  select * from unnest($1::int[], $2::int[], $3::uuid[], $4::uuid[], $5::date[], $6::date[], $7::boolean[])
  on conflict (enrolment_id) do update
  set la_code = excluded.la_code, urn = excluded.urn, pupil_id = excluded.pupil_id,
      entry_date = excluded.entry_date, leaving_date = excluded.leaving_date, main = excluded.main)";

constexpr Sql kPutCharacteristics = R"(
  insert into characteristics (pupil_id, valid_from, sen_provision, sex, year_group, pupil_premium, looked_after, ethnic_group)
  select k.pupil_id, coalesce(k.valid_from, '-infinity'), k.sen_provision, k.sex, k.year_group, k.pupil_premium, k.looked_after,
         k.ethnic_group
  from unnest($1::uuid[], $2::date[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::text[])
    as k(pupil_id, valid_from, sen_provision, sex, year_group, pupil_premium, looked_after, ethnic_group)
  on conflict (pupil_id, valid_from) do update
  set sen_provision = excluded.sen_provision, sex = excluded.sex, year_group = excluded.year_group,
      pupil_premium = excluded.pupil_premium, looked_after = excluded.looked_after, ethnic_group = excluded.ethnic_group)";

// isfinite: a pupil's first values hold for all days before.
constexpr Sql kReadCharacteristics = R"(
  select c.pupil_id, case when isfinite(c.valid_from) then c.valid_from end as valid_from, c.sen_provision, c.year_group,
         c.looked_after
  from characteristics c
  where c.pupil_id = any($1::uuid[])
  order by c.pupil_id, c.valid_from)";

constexpr Sql kVisible = R"(
  select distinct on (pupil_id) pupil_id, urn
  from (select pupil_id, urn, entry_date as day from enrolment where pupil_id = any($1::uuid[])
        union all
        select pupil_id, urn, start_date from exclusion where pupil_id = any($1::uuid[])) seen
  order by pupil_id, day desc, urn)";

constexpr Sql kUnderCalendar = R"(
  select distinct pupil_id from exclusion
  where (urn = $2 or ($2 = 0 and la_code = $1)) and start_date between $3 and $4
    and urn not in (select s.urn from calendar_seen s
                    where s.version > (select coalesce(sum(c.version), 0) from calendar c
                                       where c.urn = s.urn or (c.urn = 0 and c.la_code = s.la_code)))
  order by pupil_id)";

constexpr Sql kSchoolsUnderCalendar = R"(
  select distinct urn, la_code from exclusion where urn = $2 or ($2 = 0 and la_code = $1))";

constexpr Sql kExcludedBy = "select distinct pupil_id from exclusion where urn = any($1::int[])";

constexpr Sql kExcluded = R"(
  select pupil_id from exclusion where pupil_id = any($1::uuid[])
  except
  select e.pupil_id from exclusion e join calendar_seen s using (urn)
  where e.pupil_id = any($1::uuid[])
    and s.version > (select coalesce(sum(c.version), 0) from calendar c
                     where c.urn = s.urn or (c.urn = 0 and c.la_code = s.la_code))
  order by pupil_id)";

std::vector<PupilId> ReadPupils(const storage::Rows& rows) {
  std::vector<PupilId> pupils;
  for (const auto& row : rows) pupils.push_back(row.Get<PupilId>(0));
  return pupils;
}

}  // namespace

absl::Status PutSchools(Transaction& transaction, std::span<const SchoolRow> rows) {
  if (rows.empty()) return absl::OkStatus();
  std::vector<Urn> urn;
  std::vector<LaCode> la_code;
  std::vector<std::string> phase, locality;
  for (const SchoolRow& row : rows) {
    urn.push_back(row.school.urn);
    la_code.push_back(row.school.la_code);
    phase.push_back(row.phase);
    locality.push_back(row.locality);
  }
  return transaction.Execute(kPutSchools, urn, la_code, phase, locality).status();
}

absl::Status PutEnrolments(Transaction& transaction, std::span<const EnrolmentRow> rows) {
  if (rows.empty()) return absl::OkStatus();
  std::vector<LaCode> la_code;
  std::vector<Urn> urn;
  std::vector<EnrolmentId> enrolment;
  std::vector<PupilId> pupil;
  std::vector<Day> entry;
  std::vector<std::optional<Day>> leaving;
  std::vector<bool> main;
  for (const EnrolmentRow& row : rows) {
    la_code.push_back(row.school.la_code);
    urn.push_back(row.school.urn);
    enrolment.push_back(row.enrolment);
    pupil.push_back(row.pupil);
    entry.push_back(row.entry);
    leaving.push_back(row.leaving);
    main.push_back(row.main);
  }
  return transaction.Execute(kPutEnrolments, la_code, urn, enrolment, pupil, entry, leaving, main)
      .status();
}

absl::Status PutCharacteristics(Transaction& transaction,
                                std::span<const CharacteristicsRow> rows) {
  if (rows.empty()) return absl::OkStatus();
  std::vector<PupilId> pupil;
  std::vector<std::optional<Day>> valid_from;
  std::vector<std::string> sen_provision, sex, year_group, ethnic_group;
  std::vector<bool> pupil_premium, looked_after;
  for (const CharacteristicsRow& row : rows) {
    const education::PupilCharacteristics& values = row.values;
    pupil.push_back(row.pupil);
    valid_from.push_back(row.valid_from);
    sen_provision.emplace_back(values.sen_provision ? education::ToString(*values.sen_provision)
                                                    : "");
    sex.emplace_back(values.sex ? education::ToString(*values.sex) : "");
    year_group.push_back(values.year_group ? values.year_group->ToString() : "");
    pupil_premium.push_back(values.pupil_premium.value_or(false));
    looked_after.push_back(values.looked_after.value_or(false));
    ethnic_group.emplace_back(row.ethnic_group ? education::ToString(*row.ethnic_group) : "");
  }
  return transaction
      .Execute(kPutCharacteristics, pupil, valid_from, sen_provision, sex, year_group,
               pupil_premium, looked_after, ethnic_group)
      .status();
}

RecordedThen RecordedPupils::On(const PupilId& pupil, Day day) const {
  const auto found = values_.find(pupil);
  if (found == values_.end()) return {};
  const auto& history = found->second;
  const RecordedThen* then = &history.front().second;
  for (const auto& [from, values] : history) {
    if (!from || *from <= day) then = &values;
  }
  return *then;
}

absl::StatusOr<RecordedPupils> ReadCharacteristics(Transaction& transaction,
                                                   const std::vector<PupilId>& pupils) {
  const auto rows = transaction.Query(kReadCharacteristics, pupils);
  if (!rows.ok()) return rows.status();
  RecordedPupils recorded;
  for (const auto& row : *rows) {
    recorded.values_[row.Get<PupilId>("pupil_id")].emplace_back(
        row.GetOptional<Day>("valid_from"),
        RecordedThen{.sen_provision = row.Get<std::string>("sen_provision"),
                     .year_group = row.Get<std::string>("year_group"),
                     .looked_after = row.Get<bool>("looked_after")});
  }
  return recorded;
}

absl::StatusOr<std::map<PupilId, Urn>> VisiblePupils(Transaction& transaction,
                                                     const std::vector<PupilId>& pupils) {
  const auto rows = transaction.Query(kVisible, pupils);
  if (!rows.ok()) return rows.status();
  std::map<PupilId, Urn> visible;
  for (const auto& row : *rows) visible.emplace(row.Get<PupilId>(0), row.Get<Urn>(1));
  return visible;
}

absl::StatusOr<std::vector<PupilId>> PupilsUnderCalendar(Transaction& transaction,
                                                         const CalendarRow& calendar) {
  const int start_year = calendar.academic_year / 100;
  const Day from(std::chrono::year(start_year - 2) / 8 / 1);
  const Day to(std::chrono::year(start_year + 1) / 8 / 31);
  const auto rows = transaction.Query(kUnderCalendar, calendar.la_code, calendar.urn, from, to);
  if (!rows.ok()) return rows.status();
  return ReadPupils(*rows);
}

absl::StatusOr<std::set<SchoolKey>> SchoolsUnderCalendar(Transaction& transaction,
                                                         const CalendarRow& calendar) {
  const auto rows = transaction.Query(kSchoolsUnderCalendar, calendar.la_code, calendar.urn);
  if (!rows.ok()) return rows.status();
  std::set<SchoolKey> schools;
  for (const auto& row : *rows) schools.insert({row.Get<Urn>(0), row.Get<LaCode>(1)});
  return schools;
}

absl::StatusOr<std::vector<PupilId>> ExcludedBy(Transaction& transaction,
                                                const std::vector<Urn>& urns) {
  const auto rows = transaction.Query(kExcludedBy, urns);
  if (!rows.ok()) return rows.status();
  return ReadPupils(*rows);
}

absl::StatusOr<std::vector<PupilId>> ExcludedOf(Transaction& transaction,
                                                const std::vector<PupilId>& pupils) {
  const auto rows = transaction.Query(kExcluded, pupils);
  if (!rows.ok()) return rows.status();
  return ReadPupils(*rows);
}

}  // namespace pathways::exclusions
