#include "libs/events/inbox_store.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace pathways::events {
namespace {

using storage::Bytes;
using storage::Row;
using storage::Sql;
using storage::Transaction;

constexpr std::size_t kLongestError = 1000;

constexpr Sql kMarkSeen = R"(
insert into events.inbox (event_time, event_id, reaction)
select e.event_time, e.event_id, $1 from unnest($2::timestamptz[], $3::uuid[]) as e (event_time, event_id)
on conflict do nothing
returning event_id)";

// One look-up by primary key for each name, whatever the planner believes of the table's size (with
// `= any` it read all of a reaction's rows). In the order of the names, so that two consumers
// cannot wait for each other.
constexpr Sql kLockAggregates = R"(
select found.* from unnest($2::text[]) as wanted (aggregate)
cross join lateral (
  select aggregate, version, parked, blocked from events.aggregate
  where reaction = $1 and aggregate = wanted.aggregate limit 1 for update
) as found)";

constexpr Sql kReadParked = R"(
select p.* from unnest($2::text[]) as wanted (aggregate)
cross join lateral (
  select aggregate, topic, partition, kafka_offset, record_key, headers, value from events.parked
  where reaction = $1 and aggregate = wanted.aggregate order by version limit $3
) as p)";

constexpr Sql kSaveAggregates = R"(
insert into events.aggregate (reaction, aggregate, version, parked, blocked, wake)
select $1, a.* from unnest($2::text[], $3::bigint[], $4::bigint[], $5::boolean[], $6::boolean[]) as a
on conflict (reaction, aggregate) do update
set version = excluded.version, parked = excluded.parked, blocked = excluded.blocked, wake = excluded.wake)";

constexpr Sql kPark = R"(
insert into events.parked (reaction, aggregate, version, topic, partition, kafka_offset, record_key, headers, value)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict do nothing)";

constexpr Sql kUnpark = R"(
delete from events.parked p using unnest($2::text[], $3::bigint[]) as gone (aggregate, version)
where p.reaction = $1 and p.aggregate = gone.aggregate and p.version = gone.version)";

constexpr Sql kWriteDeadLetter = R"(
insert into events.dead_letter (reaction, topic, partition, kafka_offset, record_key, headers, value, type, aggregate,
                                version, error)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict do nothing)";

constexpr Sql kLockRequestedLetter = R"(
select topic, partition, kafka_offset, record_key, headers, value from events.dead_letter
where id = $1 and state = 'replay_requested' for update)";

constexpr Sql kMarkReplayed = "update events.dead_letter set state = 'replayed' where id = $1";

constexpr Sql kMarkDeadAgain = R"(
update events.dead_letter set state = 'dead', attempts = attempts + 1, error = $2
where id = $1 and state = 'replay_requested')";

constexpr Sql kRequestedLetters = R"(
select id from events.dead_letter where reaction = $1 and state = 'replay_requested' order by id limit 100)";

constexpr Sql kAggregatesToWake =
    "select aggregate from events.aggregate where reaction = $1 and wake limit 100";

std::vector<Bytes> HeadersToBytes(const std::vector<Header>& headers) {
  std::vector<Bytes> flat;
  flat.reserve(headers.size() * 2);
  for (const auto& [name, value] : headers) {
    flat.push_back(Bytes{name});
    flat.push_back(Bytes{value});
  }
  return flat;
}

std::optional<Bytes> ValueToBytes(const Record& record) {
  if (!record.value.has_value()) return std::nullopt;
  return Bytes{*record.value};
}

std::string ErrorText(const absl::Status& why) {
  return why.ToString(absl::StatusToStringMode::kWithNoExtraData).substr(0, kLongestError);
}

absl::Status LoadParked(Transaction& transaction, const std::string& reaction, int most,
                        AggregateStates& states) {
  std::vector<std::string> wanted;
  for (const auto& [aggregate, state] : states) {
    if (state.parked > 0 && !state.blocked) wanted.push_back(aggregate);
  }
  if (wanted.empty()) return absl::OkStatus();
  const auto rows = transaction.Query(kReadParked, reaction, wanted, most);
  if (!rows.ok()) return rows.status();
  for (const Row& row : *rows) {
    Record record = ReadRecord(row);
    auto event = DecodeRecord(record);
    if (!event.ok()) return event.status();
    const std::int64_t version = event->version;
    states[row.Get<std::string>("aggregate")].stored.emplace(
        version, Arrival{std::move(record), *std::move(event)});
  }
  return absl::OkStatus();
}

absl::Status Park(Transaction& transaction, const std::string& reaction, const Plan& plan,
                  AggregateStates& states) {
  for (const Arrival* arrival : plan.park) {
    const auto& [record, event] = *arrival;
    const auto written = transaction.Execute(
        kPark, reaction, event.aggregate, event.version, record.topic, record.partition,
        record.offset, Bytes{record.key}, HeadersToBytes(record.headers), ValueToBytes(record));
    if (!written.ok()) return written.status();
    if (*written == 0)
      --states.at(event.aggregate).parked;  // another event of that version waits already
  }
  return absl::OkStatus();
}

absl::Status Unpark(Transaction& transaction, const std::string& reaction, const Plan& plan) {
  if (plan.unpark.empty()) return absl::OkStatus();
  std::vector<std::string> aggregates;
  std::vector<std::int64_t> versions;
  for (const Arrival* arrival : plan.unpark) {
    aggregates.push_back(arrival->event.aggregate);
    versions.push_back(arrival->event.version);
  }
  return transaction.Execute(kUnpark, reaction, aggregates, versions).status();
}

}  // namespace

absl::StatusOr<std::vector<const Arrival*>> MarkSeen(Transaction& transaction,
                                                     const std::string& reaction,
                                                     std::span<const Arrival> arrivals) {
  std::vector<education::Instant> times;
  std::vector<EventId> ids;
  for (const Arrival& arrival : arrivals) {
    times.push_back(arrival.event.time);
    ids.push_back(arrival.event.id);
  }
  const auto rows = transaction.Query(kMarkSeen, reaction, times, ids);
  if (!rows.ok()) return rows.status();
  absl::flat_hash_set<EventId> unseen;
  for (const Row& row : *rows) unseen.insert(row.Get<EventId>(0));
  std::vector<const Arrival*> fresh;
  for (const Arrival& arrival : arrivals) {
    if (unseen.erase(arrival.event.id) > 0) fresh.push_back(&arrival);
  }
  return fresh;
}

absl::StatusOr<AggregateStates> LoadStates(Transaction& transaction, const std::string& reaction,
                                           std::vector<std::string> aggregates, int most) {
  std::sort(aggregates.begin(), aggregates.end());
  const auto rows = transaction.Query(kLockAggregates, reaction, aggregates);
  if (!rows.ok()) return rows.status();
  AggregateStates states;
  for (const std::string& aggregate : aggregates) states[aggregate];
  for (const Row& row : *rows) {
    AggregateState& state = states[row.Get<std::string>(0)];
    state.version = row.Get<std::int64_t>(1);
    state.parked = row.Get<std::int64_t>(2);
    state.blocked = row.Get<bool>(3);
  }
  if (auto status = LoadParked(transaction, reaction, most, states); !status.ok()) return status;
  return states;
}

absl::Status SaveStates(Transaction& transaction, const std::string& reaction, const Plan& plan,
                        AggregateStates& states) {
  if (auto status = Unpark(transaction, reaction, plan); !status.ok()) return status;
  if (auto status = Park(transaction, reaction, plan, states); !status.ok()) return status;
  std::vector<std::string> aggregates;
  std::vector<std::int64_t> versions, parked;
  std::vector<bool> blocked, wake;
  for (const auto& [aggregate, state] : states) {
    aggregates.push_back(aggregate);
    versions.push_back(state.version);
    parked.push_back(state.parked);
    blocked.push_back(state.blocked);
    wake.push_back(state.wake);
  }
  return transaction.Execute(kSaveAggregates, reaction, aggregates, versions, parked, blocked, wake)
      .status();
}

absl::StatusOr<bool> WriteDeadLetter(Transaction& transaction, const std::string& reaction,
                                     const Record& record, const Event* event,
                                     const absl::Status& why) {
  const auto written =
      transaction.Execute(kWriteDeadLetter, reaction, record.topic, record.partition, record.offset,
                          Bytes{record.key}, HeadersToBytes(record.headers), ValueToBytes(record),
                          event == nullptr ? std::string() : event->type,
                          event == nullptr ? std::string() : event->aggregate,
                          event == nullptr ? std::int64_t{0} : event->version, ErrorText(why));
  if (!written.ok()) return written.status();
  return *written > 0;
}

absl::StatusOr<std::optional<Record>> LockRequestedLetter(Transaction& transaction,
                                                          std::int64_t id) {
  const auto row = transaction.QueryOptional(kLockRequestedLetter, id);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<Record>();
  return std::optional<Record>(ReadRecord(**row));
}

absl::Status MarkReplayed(Transaction& transaction, std::int64_t id) {
  return transaction.Execute(kMarkReplayed, id).status();
}

absl::Status MarkDeadAgain(Transaction& transaction, std::int64_t id, const absl::Status& why) {
  return transaction.Execute(kMarkDeadAgain, id, ErrorText(why)).status();
}

absl::StatusOr<std::vector<std::int64_t>> RequestedLetters(Transaction& transaction,
                                                           const std::string& reaction) {
  const auto rows = transaction.Query(kRequestedLetters, reaction);
  if (!rows.ok()) return rows.status();
  std::vector<std::int64_t> ids;
  for (const Row& row : *rows) ids.push_back(row.Get<std::int64_t>(0));
  return ids;
}

absl::StatusOr<std::vector<std::string>> AggregatesToWake(Transaction& transaction,
                                                          const std::string& reaction) {
  const auto rows = transaction.Query(kAggregatesToWake, reaction);
  if (!rows.ok()) return rows.status();
  std::vector<std::string> aggregates;
  for (const Row& row : *rows) aggregates.push_back(row.Get<std::string>(0));
  return aggregates;
}

Record ReadRecord(const Row& row) {
  Record record;
  record.topic = row.Get<std::string>("topic");
  record.partition = row.Get<std::int32_t>("partition");
  record.offset = row.Get<std::int64_t>("kafka_offset");
  record.key = row.Get<Bytes>("record_key").data;
  if (auto value = row.GetOptional<Bytes>("value"); value.has_value())
    record.value = std::move(value->data);
  auto flat = row.Get<std::vector<Bytes>>("headers");
  for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
    record.headers.emplace_back(std::move(flat[i].data), std::move(flat[i + 1].data));
  }
  return record;
}

}  // namespace pathways::events
