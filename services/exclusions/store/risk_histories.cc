#include "services/exclusions/store/risk_histories.h"

#include <cstdint>
#include <utility>

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

// Twenty school weeks are never longer than that, holidays among them; a rolling year is.
constexpr int kAbsenceDays = kRollingDays + 1;

constexpr Sql kRegisters = R"(
  select urn, day, sessions from register_day where urn = any($1::int[]) and day > $2 and day <= $3 order by urn, day)";

constexpr Sql kStays = R"(
  select e.pupil_id, e.enrolment_id, e.urn, e.la_code, e.entry_date, e.leaving_date, e.main, coalesce(s.phase, '') as phase
  from enrolment e left join school s using (urn)
  where e.pupil_id = any($1::uuid[])
  order by e.entry_date, e.enrolment_id)";

constexpr Sql kMissed = R"(
  select a.enrolment_id, a.day, a.absent, a.unauthorised, a.not_possible
  from absence_day a join enrolment e using (enrolment_id)
  where e.pupil_id = any($1::uuid[]) and a.day > $2 and a.day <= $3
  order by a.enrolment_id, a.day)";

constexpr Sql kPast = R"(
  select pupil_id, kind, start_date, half_days, reasons, state, ended_on, has_social_worker
  from exclusion where pupil_id = any($1::uuid[])
  order by start_date, exclusion_id)";

// isfinite: a pupil's first values hold for all days before.
constexpr Sql kRecorded = R"(
  select pupil_id, case when isfinite(valid_from) then valid_from end as valid_from, year_group, sen_provision, looked_after,
         sex, ethnic_group, case when pupil_premium then 'Y' else 'N' end as disadvantaged
  from characteristics where pupil_id = any($1::uuid[])
  order by pupil_id, characteristics.valid_from)";

constexpr Sql kSupport = R"(
  select pupil_id, kind, from_day, to_day from support where pupil_id = any($1::uuid[]) order by from_day, source)";

constexpr Sql kOnRoll = R"(
  select distinct pupil_id from enrolment
  where la_code = $1 and main and entry_date <= $3 and (leaving_date is null or leaving_date >= $2)
  order by pupil_id)";

constexpr Sql kFirstRegister = "select min(day) as day from register_day where la_code = $1";

constexpr Sql kPutDays = R"(
  insert into register_day (la_code, urn, day, sessions)
  select * from unnest($1::int[], $2::int[], $3::date[], $4::smallint[])
  on conflict (urn, day) do update set la_code = excluded.la_code, sessions = excluded.sessions)";

constexpr Sql kForgetMissed = R"(
  delete from absence_day a using unnest($1::int[], $2::date[]) as k(urn, day) where a.urn = k.urn and a.day = k.day)";

// One that two schools' registers name on a day is theirs whose event came last.
constexpr Sql kAddMissed = R"(
  insert into absence_day (urn, enrolment_id, day, absent, unauthorised, not_possible)
  select * from unnest($1::int[], $2::uuid[], $3::date[], $4::smallint[], $5::smallint[], $6::smallint[])
  on conflict (enrolment_id, day) do update
  set urn = excluded.urn, absent = excluded.absent, unauthorised = excluded.unauthorised, not_possible = excluded.not_possible)";

constexpr Sql kPutSupport = R"(
  insert into support (source, pupil_id, kind, from_day, to_day) values ($1, $2, $3, $4, $5)
  on conflict (source) do update set kind = excluded.kind, from_day = excluded.from_day, to_day = excluded.to_day)";

constexpr Sql kEndSupport = "update support set to_day = $2 where source = $1";

using ByPupil = std::map<PupilId, RiskHistory*>;

absl::Status AddStays(Transaction& transaction, const std::vector<PupilId>& pupils,
                      const ByPupil& histories, RegisterBook& book) {
  const auto rows = transaction.Query(kStays, pupils);
  if (!rows.ok()) return rows.status();
  std::set<Urn> schools;
  for (const auto& row : *rows) schools.insert(row.Get<Urn>("urn"));
  if (auto status = book.Need(transaction, schools); !status.ok()) return status;
  const auto missed = transaction.Query(kMissed, pupils, book.after(), book.to());
  if (!missed.ok()) return missed.status();
  std::map<EnrolmentId, std::vector<DayMissed>> days;
  for (const auto& row : *missed) {
    days[row.Get<EnrolmentId>("enrolment_id")].push_back(
        {row.Get<Day>("day"), row.Get<std::int16_t>("absent"),
         row.Get<std::int16_t>("unauthorised"), row.Get<std::int16_t>("not_possible")});
  }
  for (const auto& row : *rows) {
    const Urn urn = row.Get<Urn>("urn");
    const auto absent = days.find(row.Get<EnrolmentId>("enrolment_id"));
    histories.at(row.Get<PupilId>("pupil_id"))
        ->stays.push_back(
            {.urn = urn,
             .la_code = row.Get<LaCode>("la_code"),
             .entry = row.Get<Day>("entry_date"),
             .leaving = row.GetOptional<Day>("leaving_date"),
             .main = row.Get<bool>("main"),
             .phase = row.Get<std::string>("phase"),
             .missed = absent == days.end() ? std::vector<DayMissed>() : std::move(absent->second),
             .registers = book.Of(urn)});
  }
  return absl::OkStatus();
}

absl::Status AddExclusions(Transaction& transaction, const std::vector<PupilId>& pupils,
                           const ByPupil& histories) {
  const auto rows = transaction.Query(kPast, pupils);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    const auto kind = ParseKind(row.Get<std::string>("kind"));
    const auto state = StateFromName(row.Get<std::string>("state"));
    if (!kind.ok() || !state) {
      return absl::DataLossError("an exclusion is of no known kind or state");
    }
    histories.at(row.Get<PupilId>("pupil_id"))
        ->exclusions.push_back({.kind = *kind,
                                .start = row.Get<Day>("start_date"),
                                .half_days = row.Get<std::int32_t>("half_days"),
                                .reasons = row.Get<std::vector<std::string>>("reasons"),
                                .state = *state,
                                .ended_on = row.GetOptional<Day>("ended_on"),
                                .has_social_worker = row.Get<bool>("has_social_worker")});
  }
  return absl::OkStatus();
}

absl::Status AddRecorded(Transaction& transaction, const std::vector<PupilId>& pupils,
                         const ByPupil& histories) {
  const auto rows = transaction.Query(kRecorded, pupils);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    histories.at(row.Get<PupilId>("pupil_id"))
        ->recorded.push_back({.from = row.GetOptional<Day>("valid_from"),
                              .year_group = row.Get<std::string>("year_group"),
                              .sen_provision = row.Get<std::string>("sen_provision"),
                              .looked_after = row.Get<bool>("looked_after"),
                              .sex = row.Get<std::string>("sex"),
                              .ethnic_group = row.Get<std::string>("ethnic_group"),
                              .disadvantaged = row.Get<std::string>("disadvantaged")});
  }
  return absl::OkStatus();
}

absl::Status AddSupport(Transaction& transaction, const std::vector<PupilId>& pupils,
                        const ByPupil& histories) {
  const auto rows = transaction.Query(kSupport, pupils);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    histories.at(row.Get<PupilId>("pupil_id"))
        ->support.push_back({row.Get<std::string>("kind"), row.Get<Day>("from_day"),
                             row.GetOptional<Day>("to_day")});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status RegisterBook::Need(Transaction& transaction, const std::set<Urn>& schools) {
  std::vector<Urn> unread;
  for (const Urn school : schools) {
    if (!schools_.contains(school)) unread.push_back(school);
  }
  if (unread.empty()) return absl::OkStatus();
  const auto rows = transaction.Query(kRegisters, unread, after_, to_);
  if (!rows.ok()) return rows.status();
  std::map<Urn, std::vector<Registers::Held>> held;
  for (const auto& row : *rows) {
    held[row.Get<Urn>("urn")].push_back({row.Get<Day>("day"), row.Get<std::int16_t>("sessions")});
  }
  for (const Urn school : unread) schools_.emplace(school, Registers(held[school]));
  return absl::OkStatus();
}

const Registers* RegisterBook::Of(Urn school) const {
  const auto found = schools_.find(school);
  return found == schools_.end() ? nullptr : &found->second;
}

absl::StatusOr<std::vector<RiskHistory>> ReadHistories(Transaction& transaction,
                                                       const std::vector<PupilId>& pupils,
                                                       RegisterBook& book) {
  std::vector<RiskHistory> histories;
  histories.reserve(pupils.size());
  ByPupil by_pupil;
  for (const PupilId& pupil : pupils) {
    histories.push_back({.pupil = pupil});
    by_pupil.emplace(pupil, &histories.back());
  }
  auto status = AddStays(transaction, pupils, by_pupil, book);
  if (status.ok()) status = AddExclusions(transaction, pupils, by_pupil);
  if (status.ok()) status = AddRecorded(transaction, pupils, by_pupil);
  if (status.ok()) status = AddSupport(transaction, pupils, by_pupil);
  if (!status.ok()) return status;
  return histories;
}

Day AbsenceCountsFrom(Day day) { return day - kAbsenceDays; }

absl::StatusOr<std::vector<PupilId>> PupilsOnRoll(Transaction& transaction, LaCode la_code,
                                                  Day from, Day to) {
  const auto rows = transaction.Query(kOnRoll, la_code, from, to);
  if (!rows.ok()) return rows.status();
  std::vector<PupilId> pupils;
  for (const auto& row : *rows) pupils.push_back(row.Get<PupilId>(0));
  return pupils;
}

absl::StatusOr<std::optional<Day>> RegistersFrom(Transaction& transaction, LaCode la_code) {
  const auto row = transaction.QueryOne(kFirstRegister, la_code);
  if (!row.ok()) return row.status();
  return row->GetOptional<Day>("day");
}

absl::Status PutRegisters(Transaction& transaction, std::span<const RegisterRow> rows) {
  if (rows.empty()) return absl::OkStatus();
  std::vector<LaCode> la_code;
  std::vector<Urn> urn, missed_urn;
  std::vector<Day> day, missed_day;
  std::vector<EnrolmentId> enrolment;
  std::vector<std::int16_t> sessions, absent, unauthorised, not_possible;
  for (const RegisterRow& row : rows) {
    la_code.push_back(row.school.la_code);
    urn.push_back(row.school.urn);
    day.push_back(row.day);
    sessions.push_back(static_cast<std::int16_t>(row.sessions));
    for (const RegisterRow::Missed& one : row.missed) {
      missed_urn.push_back(row.school.urn);
      enrolment.push_back(one.enrolment);
      missed_day.push_back(row.day);
      absent.push_back(static_cast<std::int16_t>(one.missed.absent));
      unauthorised.push_back(static_cast<std::int16_t>(one.missed.unauthorised));
      not_possible.push_back(static_cast<std::int16_t>(one.missed.not_possible));
    }
  }
  auto status = transaction.Execute(kPutDays, la_code, urn, day, sessions).status();
  if (status.ok()) status = transaction.Execute(kForgetMissed, urn, day).status();
  if (!status.ok() || enrolment.empty()) return status;
  return transaction
      .Execute(kAddMissed, missed_urn, enrolment, missed_day, absent, unauthorised, not_possible)
      .status();
}

absl::Status PutSupport(Transaction& transaction, const SupportRow& row) {
  return transaction
      .Execute(kPutSupport, row.source, row.pupil, row.spell.kind, row.spell.from, row.spell.to)
      .status();
}

absl::Status EndSupport(Transaction& transaction, const std::string& source, Day last) {
  return transaction.Execute(kEndSupport, source, last).status();
}

}  // namespace pathways::exclusions
