#include "services/attendance/store/pupil_store.h"

#include "libs/storage/sql.h"
#include "services/attendance/store/codecs.h"

namespace pathways::attendance {
namespace {

using education::Day;
using education::EnrolmentId;
using storage::Sql;
using storage::Transaction;

// A roll's slots hold for one academic year, 1 September to 31 August.
constexpr Sql kReadPupilDays = R"(
  select s.enrolment_id, b.day, substr(b.marks, 2 * s.slot + 1, 2) as marks
  from slot s
  cross join lateral (
    select distinct on (d.day) d.day, d.marks from day_block d
    where d.urn = s.urn
      and d.day between greatest($2, make_date(s.academic_year / 100, 9, 1))
                    and least($3, make_date(s.academic_year / 100 + 1, 8, 31))
      and ($4::timestamptz is null or d.recorded_at <= $4)
    order by d.day, d.version desc) b
  where s.enrolment_id = any($1::uuid[])
  order by s.enrolment_id, b.day)";

constexpr Sql kReadNotes = R"(
  select enrolment_id, day, session, coalesce(minutes_late, 0)::integer as minutes_late, comment, recorded_at
  from mark_note
  where enrolment_id = any($1::uuid[]) and day between $2 and $3
    and ($4::timestamptz is null or recorded_at <= $4))";

constexpr Sql kReadAmendments = R"(
  select enrolment_id, day, session, original, amended, reason, amended_by, person, recorded_at
  from amendment
  where enrolment_id = any($1::uuid[]) and day between $2 and $3 and ($4::timestamptz is null or recorded_at <= $4)
  order by amendment_id desc)";

}  // namespace

absl::StatusOr<DaysByEnrolment> ReadPupilDays(Transaction& transaction,
                                              const std::vector<EnrolmentId>& enrolments,
                                              const PupilSpan& span) {
  auto rows = transaction.Query(kReadPupilDays, enrolments, span.from, span.to, span.known_at);
  if (!rows.ok()) return rows.status();
  DaysByEnrolment days;
  for (const auto& row : *rows) {
    days[row.Get<EnrolmentId>(0)].push_back({row.Get<Day>(1), row.Get<storage::Bytes>(2).data});
  }
  return days;
}

absl::StatusOr<std::vector<PupilNote>> ReadNotes(Transaction& transaction,
                                                 const std::vector<EnrolmentId>& enrolments,
                                                 const PupilSpan& span) {
  auto rows = transaction.Query(kReadNotes, enrolments, span.from, span.to, span.known_at);
  if (!rows.ok()) return rows.status();
  std::vector<PupilNote> notes;
  for (const auto& row : *rows) {
    notes.push_back({.enrolment = row.Get<EnrolmentId>("enrolment_id"),
                     .day = row.Get<Day>("day"),
                     .session = row.Get<std::string_view>("session") == "AM"
                                    ? education::Session::kMorning
                                    : education::Session::kAfternoon,
                     .minutes_late = row.Get<std::int32_t>("minutes_late"),
                     .comment = row.Get<std::string>("comment"),
                     .recorded_at = row.Get<education::Instant>("recorded_at")});
  }
  return notes;
}

absl::StatusOr<std::vector<PupilAmendment>> ReadAmendments(
    Transaction& transaction, const std::vector<EnrolmentId>& enrolments, const PupilSpan& span) {
  auto rows = transaction.Query(kReadAmendments, enrolments, span.from, span.to, span.known_at);
  if (!rows.ok()) return rows.status();
  std::vector<PupilAmendment> amendments;
  for (const auto& row : *rows) {
    amendments.push_back({.enrolment = row.Get<EnrolmentId>("enrolment_id"),
                          .day = row.Get<Day>("day"),
                          .session = row.Get<std::string>("session"),
                          .original = row.Get<std::string>("original"),
                          .amended = row.Get<std::string>("amended"),
                          .reason = row.Get<std::string>("reason"),
                          .amended_by = row.Get<std::string>("amended_by"),
                          .person = row.Get<std::string>("person"),
                          .recorded_at = row.Get<education::Instant>("recorded_at")});
  }
  return amendments;
}

}  // namespace pathways::attendance
