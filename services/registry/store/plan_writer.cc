#include <string>
#include <vector>

#include "libs/storage/sql.h"
#include "services/registry/store/pupil_store.h"

// Writes a plan: one statement a table, whatever the size of the file.
namespace pathways::registry {
namespace {

using education::Instant;
using storage::Sql;

constexpr Sql kUpsertPupils = R"(
  insert into pupil (pupil_id, upn, surname, forename, date_of_birth, sex, ethnicity, updated_at)
  select u.pupil_id, u.upn, u.surname, u.forename, u.date_of_birth, u.sex, u.ethnicity, $8
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[])
       as u(pupil_id, upn, surname, forename, date_of_birth, sex, ethnicity)
  on conflict (pupil_id) do update
  set upn = excluded.upn, surname = excluded.surname, forename = excluded.forename,
      date_of_birth = excluded.date_of_birth, sex = excluded.sex, ethnicity = excluded.ethnicity,
      updated_at = excluded.updated_at)";

constexpr Sql kKeepFormerUpns = R"(
  insert into former_upn (upn, pupil_id) select * from unnest($1::text[], $2::uuid[])
  on conflict (upn) do nothing)";

constexpr Sql kUpsertEnrolments = R"(
  insert into enrolment (enrolment_id, pupil_id, urn, la_code, entry_date, leaving_date, status, version, updated_at)
  select u.*, $9
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::date[], $6::date[], $7::text[], $8::bigint[]) as u
  on conflict (enrolment_id) do update
  set leaving_date = excluded.leaving_date, status = excluded.status, version = excluded.version,
      updated_at = excluded.updated_at)";

constexpr Sql kUpsertCharacteristics = R"(
  insert into pupil_characteristics (pupil_id, valid_from, year_group, sen_provision, pupil_premium, free_school_meals,
                                     english_additional_language, looked_after, version, recorded_at)
  select u.pupil_id, coalesce(u.valid_from, '-infinity'), u.year_group, u.sen, u.premium, u.meals, u.eal, u.looked_after,
         u.version, $10
  from unnest($1::uuid[], $2::date[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::boolean[],
              $8::boolean[], $9::bigint[])
       as u(pupil_id, valid_from, year_group, sen, premium, meals, eal, looked_after, version)
  on conflict (pupil_id, valid_from) do update
  set year_group = excluded.year_group, sen_provision = excluded.sen_provision,
      pupil_premium = excluded.pupil_premium, free_school_meals = excluded.free_school_meals,
      english_additional_language = excluded.english_additional_language, looked_after = excluded.looked_after,
      version = excluded.version, recorded_at = excluded.recorded_at)";

constexpr Sql kRaiseRolls = R"(
  insert into roll_version (urn, version) select urn, 1 from unnest($1::int[]) as u(urn) order by urn
  on conflict (urn) do update set version = roll_version.version + 1)";

absl::Status WritePupils(storage::Transaction& transaction, const std::vector<PupilChange>& pupils,
                         Instant now) {
  if (pupils.empty()) return absl::OkStatus();
  std::vector<education::PupilId> id, of_former;
  std::vector<std::string> upn, surname, forename, sex, ethnicity, former;
  std::vector<education::Day> born;
  for (const PupilChange& pupil : pupils) {
    id.push_back(pupil.id);
    upn.push_back(pupil.identity.upn.ToString());
    surname.push_back(pupil.identity.surname);
    forename.push_back(pupil.identity.forename);
    born.push_back(pupil.identity.date_of_birth);
    sex.emplace_back(education::ToString(pupil.identity.sex));
    ethnicity.push_back(pupil.identity.ethnicity);
    if (!pupil.former_upn) continue;
    former.push_back(pupil.former_upn->ToString());
    of_former.push_back(pupil.id);
  }
  auto written =
      transaction.Execute(kUpsertPupils, id, upn, surname, forename, born, sex, ethnicity, now);
  if (!written.ok()) return written.status();
  return transaction.Execute(kKeepFormerUpns, former, of_former).status();
}

absl::Status WriteEnrolments(storage::Transaction& transaction,
                             const std::vector<Enrolment>& enrolments, Instant now) {
  if (enrolments.empty()) return absl::OkStatus();
  std::vector<education::EnrolmentId> id;
  std::vector<education::PupilId> pupil;
  std::vector<std::int32_t> urn, la_code;
  std::vector<education::Day> entry;
  std::vector<std::optional<education::Day>> leaving;
  std::vector<std::string> status;
  std::vector<std::int64_t> version;
  for (const Enrolment& enrolment : enrolments) {
    id.push_back(enrolment.id);
    pupil.push_back(enrolment.pupil);
    urn.push_back(enrolment.urn.value());
    la_code.push_back(enrolment.la_code.value());
    entry.push_back(enrolment.entry_date);
    leaving.push_back(enrolment.leaving_date);
    status.emplace_back(education::ToString(enrolment.status));
    version.push_back(enrolment.version);
  }
  return transaction
      .Execute(kUpsertEnrolments, id, pupil, urn, la_code, entry, leaving, status, version, now)
      .status();
}

absl::Status WriteCharacteristics(storage::Transaction& transaction,
                                  const std::vector<CharacteristicsChange>& changes, Instant now) {
  if (changes.empty()) return absl::OkStatus();
  std::vector<education::PupilId> id;
  std::vector<std::optional<education::Day>> from;
  std::vector<std::string> year_group, sen;
  std::vector<bool> premium, meals, eal, looked_after;
  std::vector<std::int64_t> version;
  for (const CharacteristicsChange& change : changes) {
    const Characteristics& values = change.values.values;
    id.push_back(change.id);
    from.push_back(change.values.valid_from);
    year_group.push_back(values.year_group.ToString());
    sen.emplace_back(education::ToString(values.sen_provision));
    premium.push_back(values.pupil_premium);
    meals.push_back(values.free_school_meals);
    eal.push_back(values.english_additional_language);
    looked_after.push_back(values.looked_after);
    version.push_back(change.values.version);
  }
  return transaction
      .Execute(kUpsertCharacteristics, id, from, year_group, sen, premium, meals, eal, looked_after,
               version, now)
      .status();
}

}  // namespace

absl::Status WritePlan(storage::Transaction& transaction, const PupilPlan& plan, Instant now) {
  std::vector<std::int32_t> schools;
  for (const education::Urn urn : plan.schools) schools.push_back(urn.value());
  if (auto raised = transaction.Execute(kRaiseRolls, schools); !raised.ok()) return raised.status();
  for (const auto* pupils : {&plan.new_pupils, &plan.changed_pupils}) {
    if (absl::Status status = WritePupils(transaction, *pupils, now); !status.ok()) return status;
  }
  for (const auto* enrolments : {&plan.new_enrolments, &plan.changed_enrolments}) {
    if (absl::Status status = WriteEnrolments(transaction, *enrolments, now); !status.ok())
      return status;
  }
  return WriteCharacteristics(transaction, plan.characteristics, now);
}

}  // namespace pathways::registry
