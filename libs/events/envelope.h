// What an event is, and how it looks on Kafka: CloudEvents 1.0, binary mode of the Kafka protocol
// binding (github.com/cloudevents/spec, cloudevents/bindings/kafka-protocol-binding.md), with W3C
// trace context.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/education/clock.h"
#include "libs/education/uuid.h"

namespace pathways::events {

using EventId = education::Uuid<struct EventIdTag>;

// An event a service is about to publish. No names, UPNs, dates of birth, addresses or free text in
// any field.
struct NewEvent {
  // Full name of the payload's message, which also names the topic:
  // pathways.attendance.v1.AbsenceBecamePersistent goes to pathways.attendance.v1.
  std::string type{};
  // What the event is about, unique within the service, e.g. "absence/<enrolment id>". Order is
  // promised within it.
  std::string aggregate{};
  // The aggregate's version after this change: read from its row while that row is locked, 1 for
  // the first event, and one more for EACH event (two events of one change take two versions).
  // Readers park what follows a gap.
  std::int64_t version = 0;
  // Whose events share a partition: the pupil's id or the school's URN.
  std::string key{};
  // The serialised message.
  std::string payload{};
  // CloudEvents subject, optional: what within the source it concerns.
  std::string subject{};
  // Only for compacted (state) topics: what Kafka keeps the last record of. Normally the aggregate.
  // Empty: `key`.
  std::string compaction_key{};
  // Empty: the package part of `type`.
  std::string topic{};
  // Only for compacted topics: a record without a value, upon which Kafka forgets `compaction_key`
  // (erasure).
  bool tombstone = false;
};

// An event as read back, from the outbox or from Kafka.
struct Event {
  explicit Event(EventId event_id) : id(event_id) {}

  EventId id;
  std::string type;
  std::string source;  // e.g. "/pathways/attendance"
  education::Instant time{};
  std::string subject;  // may be empty
  std::string aggregate;
  std::int64_t version = 0;
  std::string traceparent;  // W3C; may be empty
  std::string payload;
  bool tombstone = false;
  std::string key;  // partition key
  std::string compaction_key;
  std::string topic;
  std::int32_t partition = -1;
  std::int64_t offset = -1;
};

using Header = std::pair<std::string, std::string>;

// A Kafka record as it arrived, before anyone tried to understand it. What dead letters keep.
struct Record {
  std::string topic;
  std::int32_t partition = -1;
  std::int64_t offset = -1;
  std::string key;
  std::optional<std::string> value;  // none: tombstone
  std::vector<Header> headers;
};

// A message of protobuf (anything with GetTypeName and SerializeAsString) as an event.
template <typename Message>
NewEvent MakeEvent(const Message& message, std::string aggregate, std::int64_t version,
                   std::string key) {
  NewEvent event;
  event.type = message.GetTypeName();
  event.aggregate = std::move(aggregate);
  event.version = version;
  event.key = std::move(key);
  event.payload = message.SerializeAsString();
  return event;
}

// The payload as that message. INVALID_ARGUMENT when it is not one: a reaction hands this on, and
// the event is set aside.
template <typename Message>
absl::StatusOr<Message> ParsePayload(const Event& event) {
  Message message;
  if (message.ParseFromString(event.payload)) return message;
  return absl::InvalidArgumentError(absl::StrCat("payload is not a ", event.type));
}

// "pathways.attendance.v1" of "pathways.attendance.v1.AbsenceBecamePersistent"; empty when there is
// no dot.
std::string_view PackageOf(std::string_view type);

// INVALID_ARGUMENT for an event nobody could read back: no type, aggregate or key, a version below
// 1, a header value with control characters, a tombstone with a payload.
absl::Status CheckNewEvent(const NewEvent& event);

// ce_* headers, traceparent, content-type. Aggregate and version are our extensions ce_aggregate
// and ce_aggregateversion.
std::vector<Header> EncodeHeaders(const Event& event);

// The key of the Kafka record.
const std::string& RecordKey(const Event& event);

// INVALID_ARGUMENT, naming the header but never a value, when a header is missing, twice, or
// malformed. Unknown headers are allowed, as is an empty subject or traceparent (a malformed
// traceparent is dropped: it must not stop an event).
absl::StatusOr<Event> DecodeRecord(const Record& record);

}  // namespace pathways::events
