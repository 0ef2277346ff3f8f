#include "services/exclusions/store/risk_store.h"

#include <utility>

#include "libs/storage/sql.h"
#include "services/exclusions/store/risk_rows.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::Instant;
using education::LaCode;
using education::PupilId;
using education::Urn;
using storage::Bytes;
using storage::Row;
using storage::Sql;
using storage::Transaction;

constexpr Sql kLockLast = R"(
  select p.*
  from (select distinct on (pupil_id) proposal_id from risk_proposal where pupil_id = any($1::uuid[])
        order by pupil_id, proposed_at desc, proposal_id desc) last
  join risk_proposal p using (proposal_id)
  order by p.proposal_id for update of p)";

constexpr Sql kInsert = R"(
  insert into risk_proposal (proposal_id, pupil_id, urn, la_code, state, first_facts, first_weights, proposed_at, facts,
                             weights_number, score, threshold, is_primary, weighed_at, version, event_version, updated_at, updated_by)
  select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::bytea[], $7::int[], $8::timestamptz[],
                       $9::bytea[], $10::int[], $11::int[], $12::int[], $13::boolean[], $14::timestamptz[], $15::bigint[],
                       $16::bigint[], $17::timestamptz[], $18::text[]))";

constexpr Sql kUpdate = R"(
  update risk_proposal p
  set urn = k.urn, la_code = k.la_code, state = k.state, facts = k.facts, weights_number = k.weights_number, score = k.score,
      threshold = k.threshold, is_primary = k.is_primary, weighed_at = k.weighed_at, decision = k.decision,
      decided_at = k.decided_at, decided_by = k.decided_by, lapsed_because = k.lapsed_because, below_since = k.below_since,
      version = k.version, event_version = k.event_version, updated_at = k.updated_at, updated_by = k.updated_by,
      last_call = k.last_call
  from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::bytea[], $6::int[], $7::int[], $8::int[], $9::boolean[],
              $10::timestamptz[], $11::text[], $12::timestamptz[], $13::text[], $14::text[], $15::boolean[], $16::bigint[],
              $17::bigint[], $18::timestamptz[], $19::text[], $20::text[])
    as k(proposal_id, urn, la_code, state, facts, weights_number, score, threshold, is_primary, weighed_at, decision,
         decided_at, decided_by, lapsed_because, below_since, version, event_version, updated_at, updated_by, last_call)
  where p.proposal_id = k.proposal_id)";

constexpr Sql kFind = "select * from risk_proposal where proposal_id = $1";
constexpr Sql kLock = "select * from risk_proposal where proposal_id = $1 for update";

constexpr Sql kList = R"(
  select *, count(*) over () as total
  from risk_proposal
  where ($1::int is null or la_code = $1) and ($2::int is null or urn = $2) and ($3 = '' or state = $3)
    and ($4 = '' or decision = $4) and ($5 = '' or is_primary = ($5 = 'primary')) and ($6::uuid is null or pupil_id = $6)
  order by score desc, proposed_at, proposal_id
  offset $7 limit $8)";
constexpr Sql kCount = R"(
  select count(*)
  from risk_proposal
  where ($1::int is null or la_code = $1) and ($2::int is null or urn = $2) and ($3 = '' or state = $3)
    and ($4 = '' or decision = $4) and ($5 = '' or is_primary = ($5 = 'primary')) and ($6::uuid is null or pupil_id = $6))";

constexpr Sql kCountOpen = "select count(*) from risk_proposal where state = 'open'";

constexpr Sql kAddDecision = R"(
  insert into risk_decision (proposal_id, urn, la_code, decision, reason, score, at) values ($1, $2, $3, $4, $5, $6, $7))";
constexpr Sql kDecisions = R"(
  select decision, reason, score, at, by, role from risk_decision where proposal_id = $1 order by entry_id desc)";

constexpr Sql kLockWeighing = "select pg_advisory_xact_lock(hashtext('exclusions.risk'))";
constexpr Sql kTakeChanged = R"(
  with taken as (delete from risk_changed
                 where change_id in (select change_id from risk_changed order by change_id limit $1)
                 returning pupil_id)
  select distinct pupil_id from taken order by pupil_id)";
constexpr Sql kDue = "select pupil_id from risk_look where due_on <= $1 order by pupil_id limit $2";
constexpr Sql kForgetLooks = "delete from risk_look where pupil_id = any($1::uuid[])";
constexpr Sql kPutLooks = R"(
  insert into risk_look (pupil_id, due_on) select * from unnest($1::uuid[], $2::date[])
  on conflict (pupil_id) do update set due_on = excluded.due_on)";
constexpr Sql kNoteAuthority = R"(
  insert into risk_changed (pupil_id) select distinct pupil_id from enrolment where la_code = $1)";

absl::StatusOr<RiskProposal> Read(const Row& row) {
  const auto state = ProposalStateFromName(row.Get<std::string>("state"));
  const auto first_facts = FactsFrom(row.Get<Bytes>("first_facts"));
  const auto facts = FactsFrom(row.Get<Bytes>("facts"));
  if (!state || !first_facts.ok() || !facts.ok()) {
    return absl::DataLossError("what is kept of a proposal cannot be read");
  }
  return RiskProposal{.id = row.Get<ProposalId>("proposal_id"),
                      .pupil = row.Get<PupilId>("pupil_id"),
                      .urn = row.Get<Urn>("urn"),
                      .la_code = row.Get<LaCode>("la_code"),
                      .state = *state,
                      .first_facts = *first_facts,
                      .first_weights = row.Get<std::int32_t>("first_weights"),
                      .proposed_at = row.Get<Instant>("proposed_at"),
                      .facts = *facts,
                      .weights_number = row.Get<std::int32_t>("weights_number"),
                      .score = row.Get<std::int32_t>("score"),
                      .threshold = row.Get<std::int32_t>("threshold"),
                      .weighed_at = row.Get<Instant>("weighed_at"),
                      .decision = RiskDecisionFromName(row.Get<std::string>("decision")),
                      .decided_at = row.GetOptional<Instant>("decided_at"),
                      .decided_by = row.Get<std::string>("decided_by"),
                      .lapsed_because = row.Get<std::string>("lapsed_because"),
                      .below_since = row.Get<bool>("below_since"),
                      .version = row.Get<std::int64_t>("version"),
                      .event_version = row.Get<std::int64_t>("event_version"),
                      .updated_at = row.Get<Instant>("updated_at"),
                      .updated_by = row.Get<std::string>("updated_by"),
                      .last_call = row.Get<std::string>("last_call")};
}

// What both statements write, by column.
struct Columns {
  explicit Columns(std::span<const RiskProposal> proposals) {
    for (const RiskProposal& p : proposals) {
      id.push_back(p.id);
      pupil.push_back(p.pupil);
      urn.push_back(p.urn);
      la_code.push_back(p.la_code);
      state.emplace_back(ProposalStateName(p.state));
      first_facts.push_back(ToBytes(p.first_facts));
      first_weights.push_back(p.first_weights);
      proposed_at.push_back(p.proposed_at);
      facts.push_back(ToBytes(p.facts));
      weights_number.push_back(p.weights_number);
      score.push_back(p.score);
      threshold.push_back(p.threshold);
      primary.push_back(p.facts.primary);
      weighed_at.push_back(p.weighed_at);
      decision.emplace_back(p.decision ? RiskDecisionName(*p.decision) : "");
      decided_at.push_back(p.decided_at);
      decided_by.push_back(p.decided_by);
      lapsed_because.push_back(p.lapsed_because);
      below_since.push_back(p.below_since);
      version.push_back(p.version);
      event_version.push_back(p.event_version);
      updated_at.push_back(p.updated_at);
      updated_by.push_back(p.updated_by);
      last_call.push_back(p.last_call);
    }
  }

  std::vector<ProposalId> id;
  std::vector<PupilId> pupil;
  std::vector<Urn> urn;
  std::vector<LaCode> la_code;
  std::vector<Bytes> first_facts, facts;
  std::vector<std::int32_t> first_weights, weights_number, score, threshold;
  std::vector<bool> primary, below_since;
  std::vector<Instant> proposed_at, weighed_at, updated_at;
  std::vector<std::optional<Instant>> decided_at;
  std::vector<std::string> state, decision, decided_by, lapsed_because, updated_by, last_call;
  std::vector<std::int64_t> version, event_version;
};

std::vector<PupilId> ReadPupils(const storage::Rows& rows) {
  std::vector<PupilId> pupils;
  for (const auto& row : rows) pupils.push_back(row.Get<PupilId>(0));
  return pupils;
}

}  // namespace

absl::StatusOr<std::map<PupilId, RiskProposal>> LockLastProposals(
    Transaction& transaction, const std::vector<PupilId>& pupils) {
  const auto rows = transaction.Query(kLockLast, pupils);
  if (!rows.ok()) return rows.status();
  std::map<PupilId, RiskProposal> last;
  for (const auto& row : *rows) {
    auto proposal = Read(row);
    if (!proposal.ok()) return proposal.status();
    last.emplace(proposal->pupil, *std::move(proposal));
  }
  return last;
}

absl::Status InsertProposals(Transaction& transaction, std::span<const RiskProposal> proposals) {
  if (proposals.empty()) return absl::OkStatus();
  const Columns c(proposals);
  return transaction
      .Execute(kInsert, c.id, c.pupil, c.urn, c.la_code, c.state, c.first_facts, c.first_weights,
               c.proposed_at, c.facts, c.weights_number, c.score, c.threshold, c.primary,
               c.weighed_at, c.version, c.event_version, c.updated_at, c.updated_by)
      .status();
}

absl::Status UpdateProposals(Transaction& transaction, std::span<const RiskProposal> proposals) {
  if (proposals.empty()) return absl::OkStatus();
  const Columns c(proposals);
  const auto written = transaction.Execute(
      kUpdate, c.id, c.urn, c.la_code, c.state, c.facts, c.weights_number, c.score, c.threshold,
      c.primary, c.weighed_at, c.decision, c.decided_at, c.decided_by, c.lapsed_because,
      c.below_since, c.version, c.event_version, c.updated_at, c.updated_by, c.last_call);
  if (!written.ok()) return written.status();
  if (*written == static_cast<std::int64_t>(proposals.size())) return absl::OkStatus();
  return absl::PermissionDeniedError("A proposal is for the authority to decide");
}

absl::StatusOr<RiskProposal> FindProposal(Transaction& transaction, const ProposalId& id) {
  const auto row = transaction.QueryOne(kFind, id);
  if (!row.ok()) return row.status();
  return Read(*row);
}

absl::StatusOr<RiskProposal> LockProposal(Transaction& transaction, const ProposalId& id) {
  const auto row = transaction.QueryOne(kLock, id);
  if (!row.ok()) return row.status();
  return Read(*row);
}

absl::StatusOr<ProposalList> ListProposals(Transaction& transaction, const ProposalFilter& filter,
                                           std::int64_t offset, std::int64_t limit) {
  const auto rows = transaction.Query(kList, filter.la_code, filter.urn, filter.state,
                                      filter.decision, filter.phase, filter.pupil, offset, limit);
  if (!rows.ok()) return rows.status();
  ProposalList list;
  for (const auto& row : *rows) {
    auto proposal = Read(row);
    if (!proposal.ok()) return proposal.status();
    list.proposals.push_back(*std::move(proposal));
    list.total = row.Get<std::int64_t>("total");
  }
  if (!list.proposals.empty() || offset == 0) return list;
  // Past the last page.
  const auto count = transaction.QueryOne(kCount, filter.la_code, filter.urn, filter.state,
                                          filter.decision, filter.phase, filter.pupil);
  if (!count.ok()) return count.status();
  list.total = count->Get<std::int64_t>(0);
  return list;
}

absl::StatusOr<std::int64_t> CountOpenProposals(Transaction& transaction) {
  const auto count = transaction.QueryOne(kCountOpen);
  if (!count.ok()) return count.status();
  return count->Get<std::int64_t>(0);
}

absl::Status AddDecision(Transaction& transaction, const RiskProposal& proposal,
                         const std::string& reason) {
  return transaction
      .Execute(kAddDecision, proposal.id, proposal.urn, proposal.la_code,
               std::string(RiskDecisionName(*proposal.decision)), reason,
               static_cast<std::int32_t>(proposal.score), *proposal.decided_at)
      .status();
}

absl::StatusOr<std::vector<DecisionEntry>> ReadDecisions(Transaction& transaction,
                                                         const ProposalId& id) {
  const auto rows = transaction.Query(kDecisions, id);
  if (!rows.ok()) return rows.status();
  std::vector<DecisionEntry> entries;
  for (const auto& row : *rows) {
    const auto decision = RiskDecisionFromName(row.Get<std::string>("decision"));
    if (!decision) return absl::DataLossError("what is kept of a decision cannot be read");
    entries.push_back({*decision, row.Get<std::string>("reason"), row.Get<Instant>("at"),
                       row.Get<std::string>("by"), row.Get<std::string>("role"),
                       row.Get<std::int32_t>("score")});
  }
  return entries;
}

absl::Status LockWeighing(Transaction& transaction) {
  return transaction.Query(kLockWeighing).status();
}

absl::StatusOr<std::vector<PupilId>> TakeChanged(Transaction& transaction, std::int64_t limit) {
  const auto rows = transaction.Query(kTakeChanged, limit);
  if (!rows.ok()) return rows.status();
  return ReadPupils(*rows);
}

absl::StatusOr<std::vector<PupilId>> DueLooks(Transaction& transaction, Day today,
                                              std::int64_t limit) {
  const auto rows = transaction.Query(kDue, today, limit);
  if (!rows.ok()) return rows.status();
  return ReadPupils(*rows);
}

absl::Status PutLooks(Transaction& transaction, std::span<const Look> looks) {
  std::vector<PupilId> never, again;
  std::vector<Day> due;
  for (const Look& look : looks) {
    if (look.due) {
      again.push_back(look.pupil);
      due.push_back(*look.due);
    } else {
      never.push_back(look.pupil);
    }
  }
  auto status = transaction.Execute(kForgetLooks, never).status();
  if (!status.ok() || again.empty()) return status;
  return transaction.Execute(kPutLooks, again, due).status();
}

absl::Status NoteAuthority(Transaction& transaction, LaCode la_code) {
  return transaction.Execute(kNoteAuthority, la_code).status();
}

}  // namespace pathways::exclusions
