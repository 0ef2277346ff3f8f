#include "services/referrals/store/absence_store.h"

#include <string>

#include "libs/storage/sql.h"

namespace pathways::referrals {
namespace {

using storage::Sql;

constexpr Sql kRaise = R"(
  with said as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::date[], $8::int[],
                         $9::int[], $10::int[], $11::text[])
      as s (proposal_id, pupil_id, enrolment_id, urn, la_code, kind, day, possible, absent, unauthorised, trace_id)),
  raised as (
    insert into proposal as p (proposal_id, pupil_id, enrolment_id, urn, la_code, kind, day, sessions_possible,
                               sessions_absent, sessions_unauthorised, trace_id, state, raised_at)
    select s.*, 'open', $12::timestamptz from said s
    where not exists (select 1 from proposal d
                      where d.enrolment_id = s.enrolment_id and d.kind = s.kind and d.day = s.day
                        and d.state in ('taken_up', 'dismissed'))
    on conflict (enrolment_id, kind) where state = 'open' do update
    set day = excluded.day, sessions_possible = excluded.sessions_possible, sessions_absent = excluded.sessions_absent,
        sessions_unauthorised = excluded.sessions_unauthorised, trace_id = excluded.trace_id,
        raised_at = excluded.raised_at
    where excluded.day > p.day
    returning p.*)
  insert into timeline (pupil_id, urn, la_code, at, kind, proposal_id, trace_id, day, sessions_possible, sessions_absent,
                        sessions_unauthorised)
  select pupil_id, urn, la_code, raised_at, 'proposal_raised', proposal_id, trace_id, day, sessions_possible,
         sessions_absent, sessions_unauthorised
  from raised
  returning pupil_id, urn, la_code, trace_id)";

constexpr Sql kWithdraw = R"(
  with said as (
    select * from unnest($1::uuid[], $2::text[], $3::date[], $4::int[], $5::int[], $6::int[], $7::text[])
      as s (enrolment_id, kind, day, possible, absent, unauthorised, trace_id)),
  gone as (
    update proposal p set state = 'withdrawn'
    from said s
    where p.enrolment_id = s.enrolment_id and p.kind = s.kind and p.day = s.day and p.state in ('open', 'recovered')
    returning p.proposal_id),
  concerned as (
    select p.pupil_id, p.urn, p.la_code, p.proposal_id, p.request_id, s.*
    from said s
    join proposal p on p.enrolment_id = s.enrolment_id and p.kind = s.kind and p.day = s.day
    where p.state = 'taken_up' or p.proposal_id in (select proposal_id from gone))
  insert into timeline (pupil_id, urn, la_code, at, kind, request_id, proposal_id, trace_id, day, sessions_possible,
                        sessions_absent, sessions_unauthorised)
  select pupil_id, urn, la_code, $8, 'proposal_withdrawn', request_id, proposal_id, trace_id, day, possible, absent,
         unauthorised
  from concerned
  returning pupil_id, urn, la_code, trace_id)";

constexpr Sql kNoteRecoveries = R"(
  with said as (
    select * from unnest($1::uuid[], $2::text[], $3::date[], $4::int[], $5::int[], $6::int[], $7::text[], $8::text[])
      as s (enrolment_id, kind, day, possible, absent, unauthorised, trace_id, entry_kind)),
  about as (
    select p.pupil_id, p.urn, p.la_code, p.proposal_id, s.*
    from said s
    cross join lateral (
      select * from proposal p
      where p.enrolment_id = s.enrolment_id and p.kind = s.kind and p.state <> 'withdrawn' and p.day <= s.day
      order by p.day desc, p.raised_at desc limit 1) p),
  settled as (
    update proposal p set state = 'recovered' from about a
    where p.proposal_id = a.proposal_id and a.entry_kind = 'absence_recovered' and p.state = 'open'),
  reopened as (
    update proposal p set state = 'open' from about a
    where p.proposal_id = a.proposal_id and a.entry_kind <> 'absence_recovered' and p.state = 'recovered'
      and not exists (select from proposal o
                      where o.enrolment_id = p.enrolment_id and o.kind = p.kind and o.state = 'open'))
  insert into timeline (pupil_id, urn, la_code, at, kind, proposal_id, trace_id, day, sessions_possible, sessions_absent,
                        sessions_unauthorised)
  select pupil_id, urn, la_code, $9, entry_kind, proposal_id, trace_id, day, possible, absent, unauthorised
  from about
  returning pupil_id, urn, la_code, trace_id)";

struct Columns {
  explicit Columns(std::span<const AbsenceChange> changes) {
    for (const AbsenceChange& change : changes) {
      pupils.push_back(change.pupil);
      enrolments.push_back(change.enrolment);
      urns.push_back(change.urn.value());
      la_codes.push_back(change.la_code.value());
      kinds.push_back(change.kind);
      days.push_back(change.figures.day);
      possible.push_back(change.figures.possible);
      absent.push_back(change.figures.absent);
      unauthorised.push_back(change.figures.unauthorised);
      trace_ids.push_back(change.trace_id);
    }
  }

  std::vector<education::PupilId> pupils;
  std::vector<education::EnrolmentId> enrolments;
  std::vector<std::int32_t> urns, la_codes, possible, absent, unauthorised;
  std::vector<std::string> kinds, trace_ids;
  std::vector<education::Day> days;
};

absl::StatusOr<std::vector<TouchedPupil>> ReadTouched(const absl::StatusOr<storage::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<TouchedPupil> touched;
  for (const auto& row : *rows) {
    touched.push_back({row.Get<education::PupilId>("pupil_id"), row.Get<education::Urn>("urn"),
                       row.Get<education::LaCode>("la_code"), row.Get<std::string>("trace_id")});
  }
  return touched;
}

}  // namespace

absl::StatusOr<std::vector<TouchedPupil>> RaiseProposals(storage::Transaction& transaction,
                                                         std::span<const AbsenceChange> crossed,
                                                         education::IdSource& ids,
                                                         education::Instant now) {
  const Columns c(crossed);
  std::vector<ProposalId> proposals;
  for (std::size_t i = 0; i < crossed.size(); ++i) proposals.push_back(ProposalId::New(ids));
  return ReadTouched(transaction.Query(kRaise, proposals, c.pupils, c.enrolments, c.urns,
                                       c.la_codes, c.kinds, c.days, c.possible, c.absent,
                                       c.unauthorised, c.trace_ids, now));
}

absl::StatusOr<std::vector<TouchedPupil>> WithdrawProposals(
    storage::Transaction& transaction, std::span<const AbsenceChange> withdrawn,
    education::Instant now) {
  const Columns c(withdrawn);
  return ReadTouched(transaction.Query(kWithdraw, c.enrolments, c.kinds, c.days, c.possible,
                                       c.absent, c.unauthorised, c.trace_ids, now));
}

absl::StatusOr<std::vector<TouchedPupil>> NoteRecoveries(storage::Transaction& transaction,
                                                         std::span<const AbsenceChange> changes,
                                                         education::Instant now) {
  const Columns c(changes);
  std::vector<std::string> entry_kinds;
  for (const AbsenceChange& change : changes) {
    entry_kinds.emplace_back(change.type == AbsenceChangeType::kRecovered
                                 ? "absence_recovered"
                                 : "absence_recovery_withdrawn");
  }
  return ReadTouched(transaction.Query(kNoteRecoveries, c.enrolments, c.kinds, c.days, c.possible,
                                       c.absent, c.unauthorised, c.trace_ids, entry_kinds, now));
}

}  // namespace pathways::referrals
