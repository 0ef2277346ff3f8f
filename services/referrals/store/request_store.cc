#include "services/referrals/store/request_store.h"

#include "libs/forms/answers_json.h"
#include "services/referrals/store/rows.h"

namespace pathways::referrals {
namespace {

using storage::Sql;

constexpr Sql kFind = R"(
  select r.*, coalesce(n.note, '') as decision_note
  from request r left join timeline_note n on n.entry_id = r.decision_entry
  where r.request_id = $1)";

constexpr Sql kLock = R"(
  select r.*, coalesce(n.note, '') as decision_note
  from request r left join timeline_note n on n.entry_id = r.decision_entry
  where r.request_id = $1
  for update of r)";

constexpr Sql kInsert = R"(
  insert into request (request_id, reference, pupil_id, urn, la_code, state, version, created_by, created_at, proposal_id,
                       origin_trace_id, updated_at, updated_by, last_call)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9, $8, $12)
  on conflict (reference) do nothing)";

constexpr Sql kUpdate = R"(
  update request
  set state = $2, version = $3, event_version = $4, submitted_at = $5, decision_due = $6, worker_id = $7,
      decision_code = $8, decision_entry = $9, main_reason = $10, updated_at = $11, updated_by = $12, last_call = $13
  where request_id = $1)";

constexpr Sql kSections = "select name, answers from request_section where request_id = $1";

constexpr Sql kSaveSection = R"(
  insert into request_section (request_id, name, answers, saved_at, saved_by) values ($1, $2, $3, $4, $5)
  on conflict (request_id, name) do update
  set answers = excluded.answers, saved_at = excluded.saved_at, saved_by = excluded.saved_by)";

constexpr Sql kKeepSubmission = R"(
  insert into submission (request_id, version, sections, sent_at, sent_by)
  select $1, $2, coalesce(jsonb_object_agg(name, answers), '{}'), $3, $4 from request_section where request_id = $1)";

constexpr Sql kInsertFacts = R"(
  insert into prefilled_fact (request_id, position, key, value, source, known_at)
  select $1, f.position, f.key, f.value, f.source, f.known_at
  from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) with ordinality
       as f (key, value, source, known_at, position))";

constexpr Sql kFacts = R"(
  select key, value, source, known_at from prefilled_fact where request_id = $1 order by position)";

constexpr Sql kList = R"(
  select r.*, coalesce(n.note, '') as decision_note, count(*) over () as total
  from request r left join timeline_note n on n.entry_id = r.decision_entry
  where ($1::text[] = '{}' or r.state = any ($1::text[]))
    and ($2 = 0 or r.urn = $2)
    and ($3::uuid is null or r.worker_id = $3)
    and ($4::uuid is null or r.pupil_id = $4)
    and (not $5::boolean or (r.state = 'submitted' and r.decision_due < $6))
  order by r.decision_due nulls last, r.created_at desc, r.request_id
  limit $8 offset $7)";

absl::StatusOr<Request> One(const absl::StatusOr<storage::Row>& row) {
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such request");
  if (!row.ok()) return row.status();
  return ReadRequest(*row);
}

}  // namespace

absl::StatusOr<Request> FindRequest(storage::Transaction& transaction, const RequestId& id) {
  return One(transaction.QueryOne(kFind, id));
}

absl::StatusOr<Request> LockRequest(storage::Transaction& transaction, const RequestId& id) {
  return One(transaction.QueryOne(kLock, id));
}

absl::StatusOr<bool> InsertRequest(storage::Transaction& transaction, const Request& request) {
  const auto inserted = transaction.Execute(
      kInsert, request.id, request.reference, request.pupil, request.urn, request.la_code,
      StateName(request.state), request.version, request.created_by, request.created_at,
      request.proposal, request.origin_trace_id, request.last_call);
  if (!inserted.ok()) return inserted.status();
  return *inserted == 1;
}

absl::Status UpdateRequest(storage::Transaction& transaction, const Request& request) {
  return transaction
      .Execute(kUpdate, request.id, StateName(request.state), request.version,
               request.event_version, request.submitted_at, request.decision_due, request.worker,
               request.decision_code, request.decision_entry, request.main_reason,
               request.updated_at, request.updated_by, request.last_call)
      .status();
}

absl::StatusOr<Sections> ReadSections(storage::Transaction& transaction, const RequestId& id) {
  const auto rows = transaction.Query(kSections, id);
  if (!rows.ok()) return rows.status();
  Sections sections;
  for (const auto& row : *rows) {
    sections[row.Get<std::string>("name")] = AnswersFromJson(row.Get<std::string_view>("answers"));
  }
  return sections;
}

absl::Status SaveSection(storage::Transaction& transaction, const Request& request,
                         std::string_view name, const Answers& answers) {
  return transaction
      .Execute(kSaveSection, request.id, name, forms::ToJson(answers), request.updated_at,
               request.updated_by)
      .status();
}

absl::Status KeepSubmission(storage::Transaction& transaction, const Request& request) {
  return transaction
      .Execute(kKeepSubmission, request.id, request.version, request.updated_at, request.updated_by)
      .status();
}

absl::Status InsertFacts(storage::Transaction& transaction, const RequestId& id,
                         const std::vector<Fact>& facts) {
  std::vector<std::string> keys, values, sources;
  std::vector<education::Instant> known_at;
  for (const Fact& fact : facts) {
    keys.push_back(fact.key);
    values.push_back(fact.value);
    sources.push_back(fact.source);
    known_at.push_back(fact.known_at);
  }
  return transaction.Execute(kInsertFacts, id, keys, values, sources, known_at).status();
}

absl::StatusOr<std::vector<Fact>> ReadFacts(storage::Transaction& transaction,
                                            const RequestId& id) {
  const auto rows = transaction.Query(kFacts, id);
  if (!rows.ok()) return rows.status();
  std::vector<Fact> facts;
  for (const auto& row : *rows) {
    facts.push_back({row.Get<std::string>("key"), row.Get<std::string>("value"),
                     row.Get<std::string>("source"), row.Get<education::Instant>("known_at")});
  }
  return facts;
}

absl::StatusOr<RequestPage> ListRequests(storage::Transaction& transaction,
                                         const RequestFilter& filter) {
  std::vector<std::string> states;
  for (const State state : filter.states) states.emplace_back(StateName(state));
  const auto rows = transaction.Query(kList, states, filter.urn, filter.worker, filter.pupil,
                                      filter.overdue, filter.today, filter.offset, filter.limit);
  if (!rows.ok()) return rows.status();
  RequestPage page;
  for (const auto& row : *rows) {
    page.requests.push_back(ReadRequest(row));
    page.total = row.Get<std::int64_t>("total");
  }
  return page;
}

}  // namespace pathways::referrals
