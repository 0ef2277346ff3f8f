#include "libs/events/outbox.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "libs/storage/transaction.h"

namespace pathways::events {
namespace {

// What Kafka adds to a message of ours: names of headers, id, time, framing. Rounded up.
constexpr std::size_t kOverhead = 512;
// Rows a statement: keeps one parameter well below PostgreSQL's 1 GB, and memory flat.
constexpr std::size_t kChunk = 5000;

// The filter is evaluated once, before the first row, hence before the first nextval: the writer
// has a transaction id when it takes a number. The relay's way of stepping over gaps stands on
// that.
constexpr storage::Sql kInsert = R"(
insert into events.outbox (seq, event_id, event_time, version, topic, type, source, subject, aggregate, key,
                           compaction_key, traceparent, payload)
select nextval('events.outbox_seq'), e.event_id, $1, e.version, e.topic, e.type, $2, e.subject, e.aggregate, e.key,
       e.compaction_key, $3, e.payload
from unnest($4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
            $12::bytea[])
  as e (event_id, version, topic, type, subject, aggregate, key, compaction_key, payload)
where (select pg_current_xact_id()) is not null)";

struct Columns {
  explicit Columns(std::size_t rows) {
    ids.reserve(rows);
    versions.reserve(rows);
    payloads.reserve(rows);
    for (auto* column : {&topics, &types, &subjects, &aggregates, &keys, &compaction_keys}) {
      column->reserve(rows);
    }
  }

  void Add(EventId id, const NewEvent& event) {
    ids.push_back(id);
    versions.push_back(event.version);
    topics.push_back(event.topic.empty() ? std::string(PackageOf(event.type)) : event.topic);
    types.push_back(event.type);
    subjects.push_back(event.subject);
    aggregates.push_back(event.aggregate);
    keys.push_back(event.key);
    compaction_keys.push_back(event.compaction_key);
    if (event.tombstone) {
      payloads.push_back(std::nullopt);
    } else {
      payloads.push_back(storage::Bytes{event.payload});
    }
  }

  std::vector<EventId> ids;
  std::vector<std::int64_t> versions;
  std::vector<std::string> topics, types, subjects, aggregates, keys, compaction_keys;
  std::vector<std::optional<storage::Bytes>> payloads;
};

}  // namespace

Outbox::Outbox(education::IdSource& ids, const education::Clock& clock, std::string source,
               std::function<void()> committed, int max_message_bytes)
    : ids_(ids),
      clock_(clock),
      source_(std::move(source)),
      committed_(std::move(committed)),
      max_message_bytes_(max_message_bytes) {}

absl::Status Outbox::Append(storage::Transaction& transaction, std::span<const NewEvent> events,
                            std::string_view traceparent) {
  if (events.empty()) return absl::OkStatus();
  if (auto status = Check(events, traceparent); !status.ok()) return status;
  for (std::size_t first = 0; first < events.size(); first += kChunk) {
    const auto chunk = events.subspan(first, std::min(kChunk, events.size() - first));
    if (auto status = Insert(transaction, chunk, traceparent); !status.ok()) return status;
  }
  if (committed_) transaction.AfterCommit(committed_);
  return absl::OkStatus();
}

absl::Status Outbox::Check(std::span<const NewEvent> events, std::string_view traceparent) const {
  absl::flat_hash_map<std::string, std::int64_t> versions;
  versions.reserve(events.size());
  for (const NewEvent& event : events) {
    if (auto status = CheckNewEvent(event); !status.ok()) return status;
    const auto [seen, is_new] = versions.try_emplace(event.aggregate, event.version);
    if (!is_new && event.version <= std::exchange(seen->second, event.version)) {
      return absl::InvalidArgumentError("event " + event.type +
                                        ": versions of an aggregate must rise");
    }
    const std::size_t size = kOverhead + source_.size() + traceparent.size() + event.type.size() +
                             event.subject.size() + event.aggregate.size() + 2 * event.key.size() +
                             event.compaction_key.size() + event.payload.size();
    if (size > static_cast<std::size_t>(max_message_bytes_)) {
      return absl::InvalidArgumentError("event " + event.type + ": larger than Kafka takes");
    }
  }
  return absl::OkStatus();
}

absl::Status Outbox::Insert(storage::Transaction& transaction, std::span<const NewEvent> events,
                            std::string_view traceparent) {
  Columns columns(events.size());
  for (const NewEvent& event : events) columns.Add(EventId::New(ids_), event);
  const auto written = transaction.Execute(kInsert, clock_.Now(), source_, traceparent, columns.ids,
                                           columns.versions, columns.topics, columns.types,
                                           columns.subjects, columns.aggregates, columns.keys,
                                           columns.compaction_keys, columns.payloads);
  return written.status();
}

}  // namespace pathways::events
