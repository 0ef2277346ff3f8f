#include "libs/events/dead_letters.h"

#include <utility>

#include "libs/events/inbox_store.h"
#include "libs/storage/transaction.h"

namespace pathways::events {
namespace {

using storage::Row;
using storage::Sql;
using storage::Transaction;

constexpr Sql kList = R"(
select l.*, d.decided_by, d.why, d.decided_at,
       case when l.state in ('dead', 'replay_requested') then coalesce(a.parked, 0) else 0 end as parked_behind
from events.dead_letter l
left join events.aggregate a on a.reaction = l.reaction and a.aggregate = l.aggregate
left join lateral (
  select decided_by, why, decided_at from events.decision where dead_letter = l.id order by id desc limit 1
) as d on true
where ($1 = '' or l.reaction = $1) and ($2 = '' or l.state = $2) and l.id > $3
order by l.id limit $4)";

constexpr Sql kLock = R"(
select reaction, aggregate, version, state from events.dead_letter where id = $1 for update)";

constexpr Sql kSetState = "update events.dead_letter set state = $2 where id = $1";

// The letter's version counts as seen; a state that is newer already stays.
constexpr Sql kPassOver = R"(
update events.aggregate set version = greatest(version, $3), blocked = false, wake = true
where reaction = $1 and aggregate = $2)";

constexpr Sql kDecide = R"(
insert into events.decision (action, reaction, aggregate, dead_letter, decided_by, why)
values ($1, $2, $3, $4, $5, $6))";

constexpr Sql kListGaps = R"(
select a.reaction, a.aggregate, a.version, a.parked, p.next_parked, p.since
from events.aggregate a
cross join lateral (
  select min(version) as next_parked, min(parked_at) as since from events.parked p
  where p.reaction = a.reaction and p.aggregate = a.aggregate
) as p
where ($1 = '' or a.reaction = $1) and a.parked > 0 and not a.blocked and p.next_parked > a.version + 1
order by p.since limit $2)";

constexpr Sql kAcceptGap = R"(
update events.aggregate a set version = p.next_parked - 1, wake = true
from (select min(version) as next_parked from events.parked where reaction = $1 and aggregate = $2) as p
where a.reaction = $1 and a.aggregate = $2 and not a.blocked and p.next_parked > a.version + 1)";

absl::Status CheckDecision(const Decision& decision) {
  if (decision.by.empty()) return absl::InvalidArgumentError("who decides is missing");
  if (decision.why.empty()) return absl::InvalidArgumentError("the reason is missing");
  return absl::OkStatus();
}

DeadLetterState ParseState(std::string_view name) {
  if (name == "replay_requested") return DeadLetterState::kReplayRequested;
  if (name == "replayed") return DeadLetterState::kReplayed;
  if (name == "discarded") return DeadLetterState::kDiscarded;
  return DeadLetterState::kDead;
}

DeadLetter ReadLetter(const Row& row) {
  DeadLetter letter;
  letter.id = row.Get<std::int64_t>("id");
  letter.reaction = row.Get<std::string>("reaction");
  letter.state = ParseState(row.Get<std::string>("state"));
  letter.record = ReadRecord(row);
  letter.type = row.Get<std::string>("type");
  letter.aggregate = row.Get<std::string>("aggregate");
  letter.version = row.Get<std::int64_t>("version");
  letter.error = row.Get<std::string>("error");
  letter.attempts = row.Get<std::int32_t>("attempts");
  letter.parked_behind = row.Get<std::int64_t>("parked_behind");
  letter.since = row.Get<education::Instant>("since");
  letter.decided_by = row.GetOptional<std::string>("decided_by").value_or("");
  letter.decided_why = row.GetOptional<std::string>("why").value_or("");
  letter.decided_at = row.GetOptional<education::Instant>("decided_at");
  return letter;
}

// The letter, locked, if somebody may still decide about it.
absl::StatusOr<Row> LockDead(Transaction& transaction, std::int64_t id) {
  auto row = transaction.QueryOptional(kLock, id);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return absl::NotFoundError("no dead letter " + std::to_string(id));
  const auto state = (*row)->Get<std::string>("state");
  if (ParseState(state) != DeadLetterState::kDead) {
    return absl::FailedPreconditionError("dead letter " + std::to_string(id) + " is " + state);
  }
  return **std::move(row);
}

absl::Status Settle(Transaction& transaction, std::int64_t id, DeadLetterState state,
                    std::string_view action, const Decision& decision) {
  if (auto status = CheckDecision(decision); !status.ok()) return status;
  const auto letter = LockDead(transaction, id);
  if (!letter.ok()) return letter.status();
  const auto reaction = letter->Get<std::string>("reaction");
  const auto aggregate = letter->Get<std::string>("aggregate");
  if (state == DeadLetterState::kDiscarded) {
    const auto passed =
        transaction.Execute(kPassOver, reaction, aggregate, letter->Get<std::int64_t>("version"));
    if (!passed.ok()) return passed.status();
  }
  const auto set = transaction.Execute(kSetState, id, DeadLetterStateName(state));
  if (!set.ok()) return set.status();
  return transaction.Execute(kDecide, action, reaction, aggregate, id, decision.by, decision.why)
      .status();
}

}  // namespace

std::string_view DeadLetterStateName(DeadLetterState state) {
  switch (state) {
    case DeadLetterState::kDead:
      return "dead";
    case DeadLetterState::kReplayRequested:
      return "replay_requested";
    case DeadLetterState::kReplayed:
      return "replayed";
    case DeadLetterState::kDiscarded:
      return "discarded";
  }
  return "dead";
}

absl::StatusOr<std::vector<DeadLetter>> ListDeadLetters(Transaction& transaction,
                                                        const DeadLetterFilter& filter) {
  const std::string_view state =
      filter.state.has_value() ? DeadLetterStateName(*filter.state) : std::string_view();
  const auto rows = transaction.Query(kList, filter.reaction, state, filter.after_id, filter.limit);
  if (!rows.ok()) return rows.status();
  std::vector<DeadLetter> letters;
  for (const Row& row : *rows) letters.push_back(ReadLetter(row));
  return letters;
}

absl::Status RequestReplay(Transaction& transaction, std::int64_t id, const Decision& decision) {
  return Settle(transaction, id, DeadLetterState::kReplayRequested, "replay", decision);
}

absl::Status Discard(Transaction& transaction, std::int64_t id, const Decision& decision) {
  return Settle(transaction, id, DeadLetterState::kDiscarded, "discard", decision);
}

absl::StatusOr<std::vector<Gap>> ListGaps(Transaction& transaction, std::string_view reaction,
                                          int limit) {
  const auto rows = transaction.Query(kListGaps, reaction, limit);
  if (!rows.ok()) return rows.status();
  std::vector<Gap> gaps;
  for (const Row& row : *rows) {
    gaps.push_back({.reaction = row.Get<std::string>("reaction"),
                    .aggregate = row.Get<std::string>("aggregate"),
                    .seen = row.Get<std::int64_t>("version"),
                    .next_parked = row.Get<std::int64_t>("next_parked"),
                    .parked = row.Get<std::int64_t>("parked"),
                    .since = row.Get<education::Instant>("since")});
  }
  return gaps;
}

absl::Status AcceptGap(Transaction& transaction, std::string_view reaction,
                       std::string_view aggregate, const Decision& decision) {
  if (auto status = CheckDecision(decision); !status.ok()) return status;
  const auto accepted = transaction.Execute(kAcceptGap, reaction, aggregate);
  if (!accepted.ok()) return accepted.status();
  if (*accepted == 0) return absl::NotFoundError("no such gap");
  return transaction
      .Execute(kDecide, "accept_gap", reaction, aggregate, nullptr, decision.by, decision.why)
      .status();
}

}  // namespace pathways::events
