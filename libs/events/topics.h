// Topics, declared by the service that owns them.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "libs/events/kafka_config.h"

namespace pathways::events {

struct TopicSpec {
  std::string name{};
  int partitions =
      6;  // for good: another number would move keys to other partitions, and break their order
  int replication = 1;
  bool compacted = false;  // state topic: the last record of each key is kept for ever
  // How long records are kept. None: for ever, so that any read model can be rebuilt. Of a
  // compacted topic: how long a tombstone stays, which must exceed the longest outage of a
  // consumer.
  std::optional<std::chrono::hours> retention{};
};

// Creates what is missing and waits until it can be used. Several processes may do so at once.
// FAILED_PRECONDITION when a topic exists with another number of partitions or another cleanup
// policy; UNAVAILABLE or DEADLINE_EXCEEDED when Kafka cannot be reached in time.
absl::Status EnsureTopics(const KafkaConfig& kafka, std::span<const TopicSpec> topics,
                          std::chrono::milliseconds timeout);

}  // namespace pathways::events
