#include "libs/events/envelope.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "absl/status/status.h"

namespace pathways::events {
namespace {

constexpr std::string_view kSpecVersion = "1.0";
constexpr std::string_view kContentType = "application/protobuf";
constexpr std::size_t kMaxText = 255;

// The headers we read, in the order they are written.
enum HeaderName : std::size_t {
  kCeId,
  kCeSource,
  kCeType,
  kCeSpecVersion,
  kCeTime,
  kCeSubject,
  kCePartitionKey,
  kCeAggregate,
  kCeAggregateVersion,
  kTraceparent,
  kContent,
  kHeaderCount
};
constexpr std::array<std::string_view, kHeaderCount> kNames = {
    "ce_id",       "ce_source",       "ce_type",      "ce_specversion",      "ce_time",
    "ce_subject",  "ce_partitionkey", "ce_aggregate", "ce_aggregateversion", "traceparent",
    "content-type"};

using Values = std::array<std::optional<std::string_view>, kHeaderCount>;

// Printable ASCII only: ids, codes and URIs need no more, and a name in another script cannot slip
// through.
bool IsPlain(std::string_view text) {
  return text.size() <= kMaxText &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

absl::Status Invalid(std::string what, std::string_view which) {
  return absl::InvalidArgumentError(what.append(which));
}

absl::Status Malformed(std::string_view header) { return Invalid("malformed header ", header); }

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// W3C Trace Context, version 00: 00-<32 hex>-<16 hex>-<2 hex>.
bool IsTraceparent(std::string_view text) {
  return text.size() == 55 && text.substr(0, 3) == "00-" && text[35] == '-' && text[52] == '-' &&
         IsLowerHex(text.substr(3, 32)) && IsLowerHex(text.substr(36, 16)) &&
         IsLowerHex(text.substr(53, 2));
}

std::optional<std::int64_t> ParseVersion(std::string_view text) {
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc() || end != text.data() + text.size() || version < 1) return std::nullopt;
  return version;
}

absl::StatusOr<Values> CollectHeaders(const Record& record) {
  Values values;
  for (const auto& [name, value] : record.headers) {
    const auto known = std::find(kNames.begin(), kNames.end(), name);
    if (known == kNames.end()) continue;
    auto& slot = values[static_cast<std::size_t>(known - kNames.begin())];
    if (slot.has_value()) return Invalid("header twice: ", *known);
    slot = value;
  }
  return values;
}

absl::Status CheckHeaders(const Values& values, bool tombstone) {
  for (const HeaderName name :
       {kCeId, kCeSource, kCeType, kCeSpecVersion, kCeTime, kCeAggregate, kCeAggregateVersion}) {
    if (!values[name].has_value()) return Invalid("header missing: ", kNames[name]);
    if (values[name]->empty()) return Malformed(kNames[name]);
  }
  for (const HeaderName name : {kCeSource, kCeType, kCeSubject, kCePartitionKey, kCeAggregate}) {
    if (!IsPlain(values[name].value_or(""))) return Malformed(kNames[name]);
  }
  if (values[kCeSpecVersion] != kSpecVersion) return Malformed(kNames[kCeSpecVersion]);
  if (!tombstone && values[kContent] != kContentType) return Malformed(kNames[kContent]);
  return absl::OkStatus();
}

}  // namespace

std::string_view PackageOf(std::string_view type) {
  const auto dot = type.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : type.substr(0, dot);
}

absl::Status CheckNewEvent(const NewEvent& event) {
  const auto wrong = [&event](std::string_view field) {
    return Invalid("event " + (IsPlain(event.type) ? event.type : std::string()) + ": wrong ",
                   field);
  };
  if (PackageOf(event.type).empty() || !IsPlain(event.type)) return wrong("type");
  if (event.aggregate.empty() || !IsPlain(event.aggregate)) return wrong("aggregate");
  if (event.version < 1) return wrong("version");
  if (event.key.empty() || !IsPlain(event.key)) return wrong("key");
  if (!IsPlain(event.subject)) return wrong("subject");
  if (!IsPlain(event.compaction_key)) return wrong("compaction key");
  if (!IsPlain(event.topic)) return wrong("topic");
  if (event.tombstone && !event.payload.empty()) return wrong("tombstone (it has a payload)");
  return absl::OkStatus();
}

std::vector<Header> EncodeHeaders(const Event& event) {
  std::vector<Header> headers;
  headers.reserve(kHeaderCount);
  const auto add = [&headers](HeaderName name, std::string value) {
    headers.emplace_back(kNames[name], std::move(value));
  };
  add(kCeId, event.id.ToString());
  add(kCeSource, event.source);
  add(kCeType, event.type);
  add(kCeSpecVersion, std::string(kSpecVersion));
  add(kCeTime, education::InstantToString(event.time));
  if (!event.subject.empty()) add(kCeSubject, event.subject);
  add(kCePartitionKey, event.key);
  add(kCeAggregate, event.aggregate);
  add(kCeAggregateVersion, std::to_string(event.version));
  if (!event.traceparent.empty()) add(kTraceparent, event.traceparent);
  if (!event.tombstone) add(kContent, std::string(kContentType));
  return headers;
}

const std::string& RecordKey(const Event& event) {
  return event.compaction_key.empty() ? event.key : event.compaction_key;
}

absl::StatusOr<Event> DecodeRecord(const Record& record) {
  const bool tombstone = !record.value.has_value();
  const auto values = CollectHeaders(record);
  if (!values.ok()) return values.status();
  if (auto status = CheckHeaders(*values, tombstone); !status.ok()) return status;

  const auto id = EventId::Parse(*(*values)[kCeId]);
  if (!id.ok()) return Malformed(kNames[kCeId]);
  const auto time = education::ParseInstant(*(*values)[kCeTime]);
  if (!time.ok()) return Malformed(kNames[kCeTime]);
  const auto version = ParseVersion(*(*values)[kCeAggregateVersion]);
  if (!version.has_value()) return Malformed(kNames[kCeAggregateVersion]);

  Event event(*id);
  event.type = *(*values)[kCeType];
  event.source = *(*values)[kCeSource];
  event.time = *time;
  event.subject = (*values)[kCeSubject].value_or("");
  event.aggregate = *(*values)[kCeAggregate];
  event.version = *version;
  const std::string_view traceparent = (*values)[kTraceparent].value_or("");
  if (IsTraceparent(traceparent)) event.traceparent = traceparent;
  event.payload = record.value.value_or("");
  event.tombstone = tombstone;
  event.key = (*values)[kCePartitionKey].value_or(record.key);
  if (record.key != event.key) event.compaction_key = record.key;
  event.topic = record.topic;
  event.partition = record.partition;
  event.offset = record.offset;
  return event;
}

}  // namespace pathways::events
