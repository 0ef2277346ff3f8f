#include "services/panel/store/case_store.h"

#include "libs/forms/answers_json.h"
#include "services/panel/store/rows.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kFind = R"(
  select c.*, s.day as sitting_day, coalesce(w.words, '') as closed_text
  from panel_case c
  left join sitting s on s.sitting_id = c.sitting_id
  left join words w on w.words_id = c.closed_words
  where c.case_id = $1)";

constexpr Sql kLock = R"(
  select c.*, s.day as sitting_day, coalesce(w.words, '') as closed_text
  from panel_case c
  left join sitting s on s.sitting_id = c.sitting_id
  left join words w on w.words_id = c.closed_words
  where c.case_id = $1
  for update of c)";

constexpr Sql kLockOfExclusion = R"(
  select c.*, null::date as sitting_day, '' as closed_text
  from panel_case c
  where c.exclusion_id = $1
  for update of c)";

constexpr Sql kLockOpenOfSource = R"(
  select c.*, null::date as sitting_day, '' as closed_text
  from panel_case c
  where c.origin = $1 and c.source_id = $2 and c.state not in ('closed', 'withdrawn')
  for update of c)";

constexpr Sql kOpenOfPupil = R"(
  select exists (select from panel_case
                 where pupil_id = $1 and referred_at is not null and state not in ('closed', 'withdrawn')) as found)";

constexpr Sql kInsert = R"(
  insert into panel_case (case_id, reference, pupil_id, urn, la_code, phase, origin, exclusion_id, state, version, event_version,
                          due, origin_trace_id, created_by, created_at, referred_at, updated_by, updated_at, last_call, source_id)
  values ($1, $2, $3, $4, $5, coalesce($6, (select phase from school_phase where urn = $4)), $7, $8, $9, $10, $11, $12, $13, $14,
          $15, $16, $14, $15, $17, $18)
  on conflict do nothing)";

constexpr Sql kUpdate = R"(
  update panel_case
  set phase = $2, state = $3, version = $4, event_version = $5, due = $6, complete = $7, sealed = $8, asked_for = $9,
      sitting_id = $10, deferred_for = $11, decision_id = $12, closed_reason = $13, closed_words = $14, referred_at = $15,
      updated_by = $16, updated_at = $17, last_call = $18
  where case_id = $1)";

constexpr Sql kSections = "select name, answers from case_section where case_id = $1";

constexpr Sql kSaveSection = R"(
  insert into case_section (case_id, urn, name, answers, saved_at, saved_by) values ($1, $2, $3, $4, $5, $6)
  on conflict (case_id, name) do update
  set answers = excluded.answers, saved_at = excluded.saved_at, saved_by = excluded.saved_by)";

constexpr Sql kInsertFacts = R"(
  insert into prefilled_fact (case_id, urn, position, key, value, source, known_at)
  select $1, $2, f.position, f.key, f.value, f.source, f.known_at
  from unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[]) with ordinality
       as f (key, value, source, known_at, position))";

constexpr Sql kFacts = R"(
  select key, value, source, known_at from prefilled_fact where case_id = $1 order by position)";

constexpr Sql kList = R"(
  select c.*, s.day as sitting_day, '' as closed_text, count(*) over () as total
  from panel_case c left join sitting s on s.sitting_id = c.sitting_id
  where ($1::text[] = '{}' or c.state = any ($1::text[]))
    and ($2 = 0 or c.urn = $2)
    and ($3 = '' or c.phase = $3)
    and ($4::uuid is null or c.pupil_id = $4)
    and ($5::uuid is null or c.exclusion_id = $5)
    and (not $6::boolean or (c.state = 'referred' and not c.complete))
    and ($9 = '' or c.origin = $9)
  order by c.due nulls last, c.referred_at nulls last, c.created_at, c.case_id
  limit $8 offset $7)";

constexpr Sql kKeepPhase = R"(
  insert into school_phase (urn, la_code, phase, easting, northing) values ($1, $2, $3, $4, $5)
  on conflict (urn) do update
  set la_code = excluded.la_code, phase = excluded.phase, easting = excluded.easting, northing = excluded.northing)";

constexpr Sql kFindGrid = "select easting, northing from school_phase where urn = $1";

std::optional<std::string> PhaseText(std::optional<Phase> phase) {
  if (!phase) return std::nullopt;
  return std::string(kPhaseNames.Of(*phase));
}

absl::StatusOr<PanelCase> One(const absl::StatusOr<storage::Row>& row) {
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such case");
  if (!row.ok()) return row.status();
  return ReadCase(*row);
}

}  // namespace

absl::StatusOr<PanelCase> FindCase(Transaction& transaction, const CaseId& id) {
  return One(transaction.QueryOne(kFind, id));
}

absl::StatusOr<PanelCase> LockCase(Transaction& transaction, const CaseId& id) {
  return One(transaction.QueryOne(kLock, id));
}

absl::StatusOr<std::optional<PanelCase>> LockOpenCaseOfSource(Transaction& transaction,
                                                              Origin origin,
                                                              const SourceId& source) {
  const auto row = transaction.QueryOptional(kLockOpenOfSource, kOriginNames.Of(origin), source);
  if (!row.ok()) return row.status();
  if (!*row) return std::optional<PanelCase>();
  return std::optional<PanelCase>(ReadCase(**row));
}

absl::StatusOr<bool> HasOpenCase(Transaction& transaction, const education::PupilId& pupil) {
  const auto row = transaction.QueryOne(kOpenOfPupil, pupil);
  if (!row.ok()) return row.status();
  return row->Get<bool>("found");
}

absl::StatusOr<std::optional<PanelCase>> LockCaseOfExclusion(Transaction& transaction,
                                                             const ExclusionId& exclusion) {
  const auto row = transaction.QueryOptional(kLockOfExclusion, exclusion);
  if (!row.ok()) return row.status();
  if (!*row) return std::optional<PanelCase>();
  return std::optional<PanelCase>(ReadCase(**row));
}

absl::StatusOr<bool> InsertCase(Transaction& transaction, const PanelCase& one) {
  const auto inserted = transaction.Execute(
      kInsert, one.id, one.reference, one.pupil, one.urn, one.la_code, PhaseText(one.phase),
      kOriginNames.Of(one.origin), one.exclusion, kCaseStateNames.Of(one.state), one.version,
      one.event_version, one.due, one.origin_trace_id, one.created_by, one.created_at,
      one.referred_at, one.last_call, one.source);
  if (!inserted.ok()) return inserted.status();
  return *inserted == 1;
}

absl::Status UpdateCase(Transaction& transaction, const PanelCase& one) {
  return transaction
      .Execute(kUpdate, one.id, PhaseText(one.phase), kCaseStateNames.Of(one.state), one.version,
               one.event_version, one.due, one.complete, one.sealed, one.asked_for, one.sitting,
               one.deferred_for, one.decision, one.closed_reason, one.closed_entry, one.referred_at,
               one.updated_by, one.updated_at, one.last_call)
      .status();
}

absl::StatusOr<Sections> ReadSections(Transaction& transaction, const CaseId& id) {
  const auto rows = transaction.Query(kSections, id);
  if (!rows.ok()) return rows.status();
  Sections sections;
  for (const auto& row : *rows) {
    auto answers = forms::AnswersFromJson(row.Get<std::string_view>("answers"));
    if (!answers) throw storage::BadColumn("answers");
    sections[row.Get<std::string>("name")] = *std::move(answers);
  }
  return sections;
}

absl::Status SaveSection(Transaction& transaction, const PanelCase& panel_case,
                         std::string_view name, const Answers& answers) {
  return transaction
      .Execute(kSaveSection, panel_case.id, panel_case.urn, name, forms::ToJson(answers),
               panel_case.updated_at, panel_case.updated_by)
      .status();
}

absl::Status InsertFacts(Transaction& transaction, const PanelCase& panel_case,
                         const std::vector<Fact>& facts) {
  std::vector<std::string> keys, values, sources;
  std::vector<education::Instant> known_at;
  for (const Fact& fact : facts) {
    keys.push_back(fact.key);
    values.push_back(fact.value);
    sources.push_back(fact.source);
    known_at.push_back(fact.known_at);
  }
  return transaction
      .Execute(kInsertFacts, panel_case.id, panel_case.urn, keys, values, sources, known_at)
      .status();
}

absl::StatusOr<std::vector<Fact>> ReadFacts(Transaction& transaction, const CaseId& id) {
  const auto rows = transaction.Query(kFacts, id);
  if (!rows.ok()) return rows.status();
  std::vector<Fact> facts;
  for (const auto& row : *rows) {
    facts.push_back({row.Get<std::string>("key"), row.Get<std::string>("value"),
                     row.Get<std::string>("source"), row.Get<education::Instant>("known_at")});
  }
  return facts;
}

absl::StatusOr<CasePage> ListCases(Transaction& transaction, const CaseFilter& filter) {
  std::vector<std::string> states;
  for (const CaseState state : filter.states) states.emplace_back(kCaseStateNames.Of(state));
  const auto rows =
      transaction.Query(kList, states, filter.urn, filter.phase, filter.pupil, filter.exclusion,
                        filter.incomplete, filter.offset, filter.limit, filter.origin);
  if (!rows.ok()) return rows.status();
  CasePage page;
  for (const auto& row : *rows) {
    page.cases.push_back(ReadCase(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

absl::Status KeepSchoolPhase(Transaction& transaction, education::Urn urn,
                             education::LaCode la_code, std::optional<Phase> phase,
                             const std::optional<Grid>& grid) {
  std::optional<std::int32_t> easting, northing;
  if (grid) {
    easting = grid->easting;
    northing = grid->northing;
  }
  return transaction.Execute(kKeepPhase, urn, la_code, PhaseText(phase), easting, northing)
      .status();
}

absl::StatusOr<std::optional<Grid>> FindSchoolGrid(Transaction& transaction, education::Urn urn) {
  const auto row = transaction.QueryOptional(kFindGrid, urn);
  if (!row.ok()) return row.status();
  if (!*row) return std::optional<Grid>();
  return GridIn(**row, "easting", "northing");
}

}  // namespace pathways::panel
