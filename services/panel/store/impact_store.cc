#include "services/panel/store/impact_store.h"

#include "services/panel/store/rows.h"

namespace pathways::panel {
namespace {

using education::Day;
using education::LaCode;
using education::PupilId;
using education::Urn;
using storage::Sql;
using storage::Transaction;

constexpr Sql kTakenIn = R"(
  select receiving_urn, count(*)::integer as pupils from placement
  where la_code = $1 and receiving_urn is not null and state in ('started', 'ended') and start_day between $2 and $3
  group by receiving_urn)";

// The first decision that is no deferral; what carries it out may follow from a later one of the
// same case.
constexpr Sql kCourses = R"(
  select c.phase, (c.referred_at at time zone 'Europe/London')::date as referred, d.kind, d.decided,
         case when d.kind = 'support_in_mainstream' then d.decided else p.started end as started,
         c.state in ('closed', 'withdrawn') as over
  from panel_case c
  left join lateral (
    select kind, (signed_off_at at time zone 'Europe/London')::date as decided from decision
    where decision.case_id = c.case_id and state <> 'proposed' and kind <> 'deferral'
    order by number limit 1) d on true
  left join lateral (
    select min(start_day) as started from placement
    where placement.case_id = c.case_id and state in ('started', 'ended') and start_day >= d.decided) p on true
  where c.la_code = $1 and (c.referred_at at time zone 'Europe/London')::date between $2 and $3
  order by c.referred_at, c.case_id)";

constexpr Sql kStarted = R"(
  select p.pupil_id, p.start_day as day, d.kind, d.tier
  from placement p join decision d using (decision_id)
  where p.la_code = $1 and p.state in ('started', 'ended') and p.start_day between $2 and $3
  union all
  select pupil_id, (signed_off_at at time zone 'Europe/London')::date, kind, tier
  from decision
  where la_code = $1 and kind = 'support_in_mainstream' and state <> 'proposed'
    and (signed_off_at at time zone 'Europe/London')::date between $2 and $3
  order by day, pupil_id, kind)";

constexpr Sql kHelped = R"(
  select pupil_id from placement where la_code = $1 and state in ('started', 'ended')
  union
  select pupil_id from decision where la_code = $1 and kind = 'support_in_mainstream' and state <> 'proposed')";

constexpr Sql kReturns = R"(
  select p.pupil_id, p.reintegration_urn, p.reintegration_day,
         (select min(a.start_day) from placement a
          where a.pupil_id = p.pupil_id and a.programme_id is not null and a.state in ('started', 'ended')
            and a.start_day > p.reintegration_day) as placed_again
  from placement p
  where p.la_code = $1 and p.state = 'ended' and p.end_reason in ('returned_to_school', 'new_school')
    and p.reintegration_urn is not null and p.reintegration_day between $2 and $3
  order by p.reintegration_day, p.pupil_id)";

constexpr Sql kEndedOtherwise = R"(
  select end_reason, count(*)::integer as placements from placement
  where la_code = $1 and state = 'ended' and programme_id is not null and ended_on between $2 and $3
    and end_reason not in ('returned_to_school', 'new_school')
  group by end_reason)";

constexpr Sql kAuthority = R"(
  select la_code from school_phase where $1::integer[] = '{}' or urn = any ($1::integer[]) group by la_code)";

CaseCourse ReadCourse(const storage::Row& row) {
  CaseCourse course{.phase = {}, .referred = row.Get<Day>("referred")};
  course.phase = kPhaseNames.Parse(row.GetOptional<std::string>("phase").value_or(""));
  course.kind = kDecisionKindNames.Parse(row.GetOptional<std::string>("kind").value_or(""));
  course.decided = row.GetOptional<Day>("decided");
  course.started = row.GetOptional<Day>("started");
  course.over = row.Get<bool>("over");
  return course;
}

}  // namespace

absl::StatusOr<std::map<Urn, int>> ReadTakenIn(Transaction& transaction, const ImpactSpan& span) {
  const auto rows = transaction.Query(kTakenIn, span.la_code, span.from, span.to);
  if (!rows.ok()) return rows.status();
  std::map<Urn, int> taken_in;
  for (const auto& row : *rows) {
    taken_in[row.Get<Urn>("receiving_urn")] = row.Get<std::int32_t>("pupils");
  }
  return taken_in;
}

absl::StatusOr<std::vector<CaseCourse>> ReadCourses(Transaction& transaction,
                                                    const ImpactSpan& span) {
  const auto rows = transaction.Query(kCourses, span.la_code, span.from, span.to);
  if (!rows.ok()) return rows.status();
  std::vector<CaseCourse> courses;
  for (const auto& row : *rows) courses.push_back(ReadCourse(row));
  return courses;
}

absl::StatusOr<std::vector<StartedForPupil>> ReadStarted(Transaction& transaction,
                                                         const ImpactSpan& span) {
  const auto rows = transaction.Query(kStarted, span.la_code, span.from, span.to);
  if (!rows.ok()) return rows.status();
  std::vector<StartedForPupil> started;
  for (const auto& row : *rows) {
    started.push_back({.pupil = row.Get<PupilId>("pupil_id"),
                       .day = row.Get<Day>("day"),
                       .kind = Named<kDecisionKindNames>(row, "kind"),
                       .tier = row.Get<std::int32_t>("tier")});
  }
  return started;
}

absl::StatusOr<std::set<PupilId>> ReadHelped(Transaction& transaction, LaCode la_code) {
  const auto rows = transaction.Query(kHelped, la_code);
  if (!rows.ok()) return rows.status();
  std::set<PupilId> helped;
  for (const auto& row : *rows) helped.insert(row.Get<PupilId>("pupil_id"));
  return helped;
}

absl::StatusOr<std::vector<ReturnRow>> ReadReturns(Transaction& transaction,
                                                   const ImpactSpan& span) {
  const auto rows = transaction.Query(kReturns, span.la_code, span.from, span.to);
  if (!rows.ok()) return rows.status();
  std::vector<ReturnRow> returns;
  for (const auto& row : *rows) {
    returns.push_back({.back = {.pupil = row.Get<PupilId>("pupil_id"),
                                .urn = row.Get<Urn>("reintegration_urn"),
                                .day = row.Get<Day>("reintegration_day")},
                       .placed_again = row.GetOptional<Day>("placed_again")});
  }
  return returns;
}

absl::StatusOr<std::map<std::string, int>> ReadEndedOtherwise(Transaction& transaction,
                                                              const ImpactSpan& span) {
  const auto rows = transaction.Query(kEndedOtherwise, span.la_code, span.from, span.to);
  if (!rows.ok()) return rows.status();
  std::map<std::string, int> ended;
  for (const auto& row : *rows) {
    ended[row.Get<std::string>("end_reason")] = row.Get<std::int32_t>("placements");
  }
  return ended;
}

absl::StatusOr<std::optional<LaCode>> FindAuthorityOf(Transaction& transaction,
                                                      const std::vector<Urn>& schools) {
  const auto rows = transaction.Query(kAuthority, schools);
  if (!rows.ok()) return rows.status();
  if (rows->size() != 1) return std::nullopt;
  return rows->front().Get<LaCode>("la_code");
}

}  // namespace pathways::panel
