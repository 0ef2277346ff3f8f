#include "services/exclusions/store/exclusion_store.h"

#include "libs/storage/sql.h"
#include "services/exclusions/store/exclusion_rows.h"

namespace pathways::exclusions {
namespace {

using storage::Sql;
using storage::Transaction;

// step_done holds every entry; the latest of a step holds, one without a day took it back.
constexpr Sql kFind = R"(
  select e.*, array_to_string(e.reasons, ' ') as reason_codes,
         coalesce((select string_agg(d.step || ' ' || d.done_on, ',')
                   from (select distinct on (step) step, done_on from step_done s
                         where s.exclusion_id = e.exclusion_id order by step, entry_id desc) d
                   where d.done_on is not null), '') as done
  from exclusion e
  where e.exclusion_id = $1)";

constexpr Sql kLock = "select 1 from exclusion where exclusion_id = $1 for update";

constexpr Sql kOfPupils = R"(
  select e.*, array_to_string(e.reasons, ' ') as reason_codes, coalesce(d.done, '') as done
  from exclusion e
  left join (select exclusion_id, string_agg(step || ' ' || done_on, ',') as done
             from (select distinct on (s.exclusion_id, s.step) s.exclusion_id, s.step, s.done_on
                   from step_done s join exclusion x using (exclusion_id)
                   where x.pupil_id = any($1::uuid[])
                   order by s.exclusion_id, s.step, s.entry_id desc) latest
             where done_on is not null
             group by exclusion_id) d using (exclusion_id)
  where e.pupil_id = any($1::uuid[]))";

constexpr Sql kById = R"(
  select e.*, array_to_string(e.reasons, ' ') as reason_codes, '' as done
  from exclusion e where e.exclusion_id = any($1::uuid[]))";

constexpr Sql kInsert = R"(
  insert into exclusion (
    exclusion_id, reference, pupil_id, urn, la_code, kind, start_date, start_session, half_days, reasons, decided_on, exam_on,
    warnings_seen, history, sen_provision, year_group, looked_after, has_social_worker, compulsory_age, no_examinations_left,
    state, ended_on, board_told_on, representations_on, board_met_on, board_decision, reinstated_from, decision_notice_on,
    review_waived_on, review_applied_on, panel_met_on, panel_decision, panel_notice_on, reconsidered_on, reconsidered_decision,
    version, event_version, recorded_at, recorded_by, updated_at, updated_by, last_call, import_id, import_row)
  select k.exclusion_id, k.reference, k.pupil_id, k.urn, k.la_code, k.kind, k.start_date, k.start_session, k.half_days,
         string_to_array(k.reasons, ' '), k.decided_on, k.exam_on, k.warnings_seen, k.history, k.sen_provision, k.year_group,
         k.looked_after, k.has_social_worker, k.compulsory_age, k.no_examinations_left, k.state, k.ended_on, k.board_told_on,
         k.representations_on, k.board_met_on, k.board_decision, k.reinstated_from, k.decision_notice_on, k.review_waived_on,
         k.review_applied_on, k.panel_met_on, k.panel_decision, k.panel_notice_on, k.reconsidered_on, k.reconsidered_decision,
         k.version, k.event_version, k.recorded_at, k.recorded_by, k.updated_at, k.updated_by, k.last_call, k.import_id,
         k.import_row
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::date[], $8::text[], $9::int[],
              $10::text[], $11::date[], $12::date[], $13::boolean[], $14::boolean[], $15::text[], $16::text[], $17::boolean[],
              $18::boolean[], $19::boolean[], $20::boolean[], $21::text[], $22::date[], $23::date[], $24::date[], $25::date[],
              $26::text[], $27::date[], $28::date[], $29::date[], $30::date[], $31::date[], $32::text[], $33::date[],
              $34::date[], $35::text[], $36::bigint[], $37::bigint[], $38::timestamptz[], $39::text[], $40::timestamptz[],
              $41::text[], $42::text[], $43::uuid[], $44::bigint[])
    as k(exclusion_id, reference, pupil_id, urn, la_code, kind, start_date, start_session, half_days, reasons, decided_on,
         exam_on, warnings_seen, history, sen_provision, year_group, looked_after, has_social_worker, compulsory_age,
         no_examinations_left, state, ended_on, board_told_on, representations_on, board_met_on, board_decision,
         reinstated_from, decision_notice_on, review_waived_on, review_applied_on, panel_met_on, panel_decision,
         panel_notice_on, reconsidered_on, reconsidered_decision, version, event_version, recorded_at, recorded_by, updated_at,
         updated_by, last_call, import_id, import_row))";

constexpr Sql kUpdate = R"(
  update exclusion e
  set start_date = k.start_date, start_session = k.start_session, half_days = k.half_days,
      reasons = string_to_array(k.reasons, ' '), decided_on = k.decided_on, exam_on = k.exam_on,
      warnings_seen = k.warnings_seen, history = k.history, has_social_worker = k.has_social_worker,
      compulsory_age = k.compulsory_age, no_examinations_left = k.no_examinations_left, state = k.state, ended_on = k.ended_on,
      board_told_on = k.board_told_on, representations_on = k.representations_on, board_met_on = k.board_met_on,
      board_decision = k.board_decision, reinstated_from = k.reinstated_from, decision_notice_on = k.decision_notice_on,
      review_waived_on = k.review_waived_on, review_applied_on = k.review_applied_on, panel_met_on = k.panel_met_on,
      panel_decision = k.panel_decision, panel_notice_on = k.panel_notice_on, reconsidered_on = k.reconsidered_on,
      reconsidered_decision = k.reconsidered_decision, version = k.version, event_version = k.event_version,
      updated_at = k.updated_at, updated_by = k.updated_by, last_call = k.last_call
  from unnest($1::uuid[], $2::date[], $3::text[], $4::int[], $5::text[], $6::date[], $7::date[], $8::boolean[], $9::boolean[],
              $10::boolean[], $11::boolean[], $12::boolean[], $13::text[], $14::date[], $15::date[], $16::date[], $17::date[],
              $18::text[], $19::date[], $20::date[], $21::date[], $22::date[], $23::date[], $24::text[], $25::date[],
              $26::date[], $27::text[], $28::bigint[], $29::bigint[], $30::timestamptz[], $31::text[], $32::text[])
    as k(exclusion_id, start_date, start_session, half_days, reasons, decided_on, exam_on, warnings_seen, history,
         has_social_worker, compulsory_age, no_examinations_left, state, ended_on, board_told_on, representations_on,
         board_met_on, board_decision, reinstated_from, decision_notice_on, review_waived_on, review_applied_on, panel_met_on,
         panel_decision, panel_notice_on, reconsidered_on, reconsidered_decision, version, event_version, updated_at,
         updated_by, last_call)
  where e.exclusion_id = k.exclusion_id)";

constexpr Sql kUpdateDerived = R"(
  update exclusion e
  set event_version = k.event_version, end_date = k.end_date, back_on = k.back_on, back_session = k.back_session,
      half_days_in_term = k.in_term, half_days_in_year = k.in_year, half_days_elsewhere = k.elsewhere,
      half_days_in_other_term = k.in_other_term, next_step = k.next_step, next_due = k.next_due,
      sen_provision = k.sen_provision, year_group = k.year_group, looked_after = k.looked_after
  from unnest($1::uuid[], $2::bigint[], $3::date[], $4::date[], $5::text[], $6::int[], $7::int[], $8::int[], $9::int[],
              $10::text[], $11::date[], $12::text[], $13::text[], $14::boolean[])
    as k(exclusion_id, event_version, end_date, back_on, back_session, in_term, in_year, elsewhere, in_other_term, next_step,
         next_due, sen_provision, year_group, looked_after)
  where e.exclusion_id = k.exclusion_id)";

constexpr Sql kReferences = "select reference from exclusion where reference = any($1::text[])";

constexpr Sql kWords = R"(
  select evidence, tried, provision from exclusion_words where exclusion_id = $1 order by version desc limit 1)";

constexpr Sql kAddWords = R"(
  insert into exclusion_words (exclusion_id, version, urn, la_code, evidence, tried, provision, written_at, written_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9))";

constexpr Sql kList = R"(
  select e.*, array_to_string(e.reasons, ' ') as reason_codes, '' as done, count(*) over () as total
  from exclusion e
  where ($1 = 0 or e.urn = $1)
    and ($2::uuid is null or e.pupil_id = $2)
    and ($3 = '' or e.kind = $3)
    and ($4 = '' or e.state = $4)
    and ($5::date is null or e.start_date >= $5)
    and ($6::date is null or e.start_date <= $6)
    and ($7 = '' or $7 = any(e.reasons))
    and (not $8::boolean or e.next_step <> '')
  order by e.start_date desc, e.exclusion_id
  limit $10 offset $9)";

constexpr Sql kForExport = R"(
  select e.*, array_to_string(e.reasons, ' ') as reason_codes, '' as done
  from exclusion e
  where e.urn = any($1::int[]) and ($2::date is null or e.start_date >= $2) and ($3::date is null or e.start_date <= $3)
  order by e.urn)";

constexpr Sql kSchoolsForExport = R"(
  select distinct urn, la_code from exclusion
  where ($1 = 0 or urn = $1) and ($2::date is null or start_date >= $2) and ($3::date is null or start_date <= $3)
  order by urn)";

std::vector<KeptExclusion> ReadAll(const storage::Rows& rows) {
  std::vector<KeptExclusion> exclusions;
  exclusions.reserve(rows.size());
  for (const auto& row : rows) exclusions.push_back(ReadExclusion(row));
  return exclusions;
}

}  // namespace

absl::StatusOr<KeptExclusion> FindExclusion(Transaction& transaction, const ExclusionId& id) {
  const auto row = transaction.QueryOptional(kFind, id);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return absl::NotFoundError("There is no such exclusion");
  return ReadExclusion(**row);
}

absl::StatusOr<KeptExclusion> LockExclusion(Transaction& transaction, const ExclusionId& id) {
  const auto locked = transaction.Query(kLock, id);
  if (!locked.ok()) return locked.status();
  if (locked->empty()) return absl::NotFoundError("There is no such exclusion");
  return FindExclusion(transaction, id);
}

absl::StatusOr<std::vector<KeptExclusion>> ReadExclusionsOf(
    Transaction& transaction, const std::vector<education::PupilId>& pupils) {
  const auto rows = transaction.Query(kOfPupils, pupils);
  if (!rows.ok()) return rows.status();
  return ReadAll(*rows);
}

absl::StatusOr<std::vector<KeptExclusion>> ReadExclusionsById(Transaction& transaction,
                                                              const std::vector<ExclusionId>& ids) {
  const auto rows = transaction.Query(kById, ids);
  if (!rows.ok()) return rows.status();
  return ReadAll(*rows);
}

absl::Status InsertExclusions(Transaction& transaction,
                              std::span<const KeptExclusion* const> exclusions) {
  if (exclusions.empty()) return absl::OkStatus();
  const ExclusionColumns c(exclusions);
  return transaction
      .Execute(kInsert, c.id, c.reference, c.pupil, c.urn, c.la_code, c.kind, c.start,
               c.start_session, c.half_days, c.reasons, c.decided_on, c.exam_on, c.warnings_seen,
               c.history, c.sen_provision, c.year_group, c.looked_after, c.has_social_worker,
               c.compulsory_age, c.no_examinations_left, c.state, c.ended_on, c.board_told_on,
               c.representations_on, c.board_met_on, c.board_decision, c.reinstated_from,
               c.decision_notice_on, c.review_waived_on, c.review_applied_on, c.panel_met_on,
               c.panel_decision, c.panel_notice_on, c.reconsidered_on, c.reconsidered_decision,
               c.version, c.event_version, c.recorded_at, c.recorded_by, c.updated_at, c.updated_by,
               c.last_call, c.import, c.import_row)
      .status();
}

absl::Status UpdateExclusions(Transaction& transaction,
                              std::span<const KeptExclusion* const> exclusions) {
  if (exclusions.empty()) return absl::OkStatus();
  const ExclusionColumns c(exclusions);
  const auto updated = transaction.Execute(
      kUpdate, c.id, c.start, c.start_session, c.half_days, c.reasons, c.decided_on, c.exam_on,
      c.warnings_seen, c.history, c.has_social_worker, c.compulsory_age, c.no_examinations_left,
      c.state, c.ended_on, c.board_told_on, c.representations_on, c.board_met_on, c.board_decision,
      c.reinstated_from, c.decision_notice_on, c.review_waived_on, c.review_applied_on,
      c.panel_met_on, c.panel_decision, c.panel_notice_on, c.reconsidered_on,
      c.reconsidered_decision, c.version, c.event_version, c.updated_at, c.updated_by, c.last_call);
  if (!updated.ok()) return updated.status();
  // A row the scope does not let the caller write is not there for the statement.
  if (*updated == static_cast<std::int64_t>(exclusions.size())) return absl::OkStatus();
  return absl::PermissionDeniedError("You may not change this exclusion");
}

absl::Status UpdateDerived(Transaction& transaction,
                           std::span<const KeptExclusion* const> exclusions) {
  if (exclusions.empty()) return absl::OkStatus();
  const DerivedColumns c(exclusions);
  return transaction
      .Execute(kUpdateDerived, c.id, c.event_version, c.end, c.back_on, c.back_session, c.in_term,
               c.in_year, c.elsewhere, c.in_other_term, c.next_step, c.next_due, c.sen_provision,
               c.year_group, c.looked_after)
      .status();
}

absl::StatusOr<std::vector<std::string>> ReferencesTaken(
    Transaction& transaction, const std::vector<std::string>& references) {
  const auto rows = transaction.Query(kReferences, references);
  if (!rows.ok()) return rows.status();
  std::vector<std::string> taken;
  for (const auto& row : *rows) taken.push_back(row.Get<std::string>(0));
  return taken;
}

absl::StatusOr<Words> ReadWords(Transaction& transaction, const ExclusionId& id) {
  const auto row = transaction.QueryOptional(kWords, id);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return Words{};
  return Words{.evidence = (*row)->Get<std::string>("evidence"),
               .tried = (*row)->Get<std::string>("tried"),
               .provision = (*row)->Get<std::string>("provision")};
}

absl::Status AddWords(Transaction& transaction, const KeptExclusion& kept, const Words& words) {
  return transaction
      .Execute(kAddWords, kept.exclusion.id, kept.version, kept.exclusion.urn,
               kept.exclusion.la_code, words.evidence, words.tried, words.provision,
               kept.updated_at, kept.updated_by)
      .status();
}

absl::StatusOr<ExclusionPage> ListExclusions(Transaction& transaction,
                                             const ExclusionFilter& filter) {
  const auto rows = transaction.Query(
      kList, filter.urn, filter.pupil, filter.kind ? KindCode(*filter.kind) : std::string_view(),
      filter.state ? StateName(*filter.state) : std::string_view(), filter.from, filter.to,
      filter.reason, filter.owed, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  ExclusionPage page{.exclusions = ReadAll(*rows)};
  if (!rows->empty()) page.total = rows->front().Get<std::int64_t>("total");
  return page;
}

absl::StatusOr<std::vector<KeptExclusion>> ReadForExport(Transaction& transaction,
                                                         const ExportSpan& span,
                                                         const std::vector<education::Urn>& urns) {
  const auto rows = transaction.Query(kForExport, urns, span.from, span.to);
  if (!rows.ok()) return rows.status();
  return ReadAll(*rows);
}

absl::StatusOr<std::vector<ExportSchool>> SchoolsForExport(Transaction& transaction,
                                                           const ExportSpan& span) {
  const auto rows = transaction.Query(kSchoolsForExport, span.urn, span.from, span.to);
  if (!rows.ok()) return rows.status();
  std::vector<ExportSchool> schools;
  for (const auto& row : *rows) {
    schools.push_back({row.Get<education::Urn>("urn"), row.Get<education::LaCode>("la_code")});
  }
  return schools;
}

}  // namespace pathways::exclusions
