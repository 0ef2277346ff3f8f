// Where Kafka is and how to reach it.
#pragma once

#include <map>
#include <string>

namespace pathways::events {

struct KafkaConfig {
  std::string bootstrap_servers{};     // host:port,host:port
  std::string client_id = "pathways";  // shown in the broker's log and metrics
  // Further librdkafka properties, e.g. security.protocol, ssl.ca.location. They cannot change what
  // the guarantees stand on (acks, idempotence, auto commit, offset reset).
  std::map<std::string, std::string> properties{};
  // What the broker takes (its message.max.bytes), headers included.
  int max_message_bytes = 1'000'000;
};

}  // namespace pathways::events
