#include "libs/events/outbox_reader.h"

#include <utility>

namespace pathways::events {
namespace {

using storage::Bytes;
using storage::Deadline;
using storage::Row;
using storage::Sql;

// Any number does: the lock is the database's own, and a database holds one outbox.
constexpr std::int64_t kLeadKey = 0x7061746877617973;  // "pathways"
constexpr std::chrono::seconds kPatience{20};

Deadline Soon() { return Deadline::After(kPatience); }

// Everything this session reads is found by an index; a planner that thinks the table small must
// not read all of it, two hundred times a second.
constexpr Sql kPrepareSession = R"(
select set_config('idle_session_timeout', $1, false), set_config('enable_seqscan', 'off', false))";

constexpr Sql kBeginEpoch = R"(
update events.relay set epoch = epoch + 1, updated_at = now()
returning epoch, watermark,
  (select coalesce(array_agg(lower(s) order by s), '{}') from unnest(published) s) as lows,
  (select coalesce(array_agg(upper(s) - 1 order by s), '{}') from unnest(published) s) as highs)";

// Always at least one row, for the snapshot: what is seen and its xmin must be of one moment.
constexpr Sql kRead = R"(
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, o.seq, o.event_id, o.event_time, o.version, o.topic,
       o.type, o.source, o.subject, o.aggregate, o.key, o.compaction_key, o.traceparent, o.payload,
       (extract(epoch from clock_timestamp() - o.written_at) * 1000000)::bigint
from (select) as one left join (
  select found.* from unnest($1::bigint[], $2::bigint[]) as span (low, high)
  cross join lateral (
    select * from events.outbox where seq >= span.low and seq <= span.high order by seq limit $3
  ) as found
  order by found.seq limit $3
) as o on true
order by o.seq)";

constexpr Sql kRecord = R"(
update events.relay
set watermark = $2, updated_at = now(),
    published = (select coalesce(range_agg(int8range(low, high, '[]')), '{}')
                 from unnest($3::bigint[], $4::bigint[]) as span (low, high))
where epoch = $1)";

constexpr Sql kFreshTransactionId = "select pg_current_xact_id()::text::bigint";

constexpr Sql kMaintain = "select events.maintain()";

void Split(const std::vector<SeqSpan>& spans, std::vector<std::int64_t>& lows,
           std::vector<std::int64_t>& highs) {
  lows.reserve(spans.size());
  highs.reserve(spans.size());
  for (const SeqSpan& span : spans) {
    lows.push_back(span.low);
    highs.push_back(span.high);
  }
}

Event ReadEvent(const Row& row) {
  Event event(row.Get<EventId>(2));
  event.time = row.Get<education::Instant>(3);
  event.version = row.Get<std::int64_t>(4);
  event.topic = row.Get<std::string>(5);
  event.type = row.Get<std::string>(6);
  event.source = row.Get<std::string>(7);
  event.subject = row.Get<std::string>(8);
  event.aggregate = row.Get<std::string>(9);
  event.key = row.Get<std::string>(10);
  event.compaction_key = row.Get<std::string>(11);
  event.traceparent = row.Get<std::string>(12);
  auto payload = row.GetOptional<Bytes>(13);
  event.tombstone = !payload.has_value();
  if (payload.has_value()) event.payload = std::move(payload->data);
  return event;
}

}  // namespace

absl::StatusOr<OutboxReader> OutboxReader::Connect(const std::string& uri,
                                                   std::chrono::milliseconds lead_timeout) {
  auto session = storage::Session::Open(uri, "pathways-relay");
  if (!session.ok()) return session.status();
  const auto prepared =
      session->Query(Soon(), kPrepareSession, std::to_string(lead_timeout.count()));
  if (!prepared.ok()) return prepared.status();
  return OutboxReader(*std::move(session));
}

absl::StatusOr<bool> OutboxReader::TryLead() { return session_.TryLock(Soon(), kLeadKey); }

absl::StatusOr<Watermark> OutboxReader::BeginEpoch() {
  const auto rows = session_.Query(Soon(), kBeginEpoch);
  if (!rows.ok()) return rows.status();
  if (rows->size() != 1) return absl::FailedPreconditionError("events.relay must have one row");
  const Row row = rows->front();
  epoch_ = row.Get<std::int64_t>("epoch");
  const auto lows = row.Get<std::vector<std::int64_t>>("lows");
  const auto highs = row.Get<std::vector<std::int64_t>>("highs");
  std::vector<SeqSpan> published;
  for (std::size_t i = 0; i < lows.size(); ++i) published.push_back({lows[i], highs[i]});
  return Watermark(row.Get<std::int64_t>("watermark"), std::move(published));
}

absl::StatusOr<Look> OutboxReader::Read(const std::vector<SeqSpan>& spans, std::size_t limit) {
  std::vector<std::int64_t> lows, highs;
  Split(spans, lows, highs);
  const auto rows = session_.Query(Soon(), kRead, lows, highs, static_cast<std::int64_t>(limit));
  if (!rows.ok()) return rows.status();
  Look look;
  look.snapshot_xmin = rows->front().Get<std::int64_t>(0);
  look.seqs.reserve(rows->size());
  look.events.reserve(rows->size());
  for (const Row& row : *rows) {
    const auto seq = row.GetOptional<std::int64_t>(1);
    if (!seq.has_value()) break;  // the row that only carries the snapshot
    if (look.seqs.empty()) look.oldest = std::chrono::microseconds(row.Get<std::int64_t>(14));
    look.seqs.push_back(*seq);
    look.events.push_back(ReadEvent(row));
  }
  return look;
}

absl::Status OutboxReader::Record(const Watermark& watermark) {
  std::vector<std::int64_t> lows, highs;
  Split(watermark.published(), lows, highs);
  const auto rows = session_.Query(Soon(), kRecord, epoch_, watermark.watermark(), lows, highs);
  if (!rows.ok()) return rows.status();
  if (rows->affected() == 1) return absl::OkStatus();
  return absl::FailedPreconditionError("another relay has taken the lead");
}

absl::StatusOr<std::int64_t> OutboxReader::FreshTransactionId() {
  const auto rows = session_.Query(Soon(), kFreshTransactionId);
  if (!rows.ok()) return rows.status();
  return rows->front().Get<std::int64_t>(0);
}

absl::Status OutboxReader::Maintain() { return session_.Query(Soon(), kMaintain).status(); }

absl::Status OutboxReader::Ping() { return session_.Ping(Soon()); }

}  // namespace pathways::events
