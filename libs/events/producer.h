// Sends a set of events to Kafka and waits for all acknowledgements. Internal to the relay.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/envelope.h"
#include "libs/events/kafka_config.h"
#include "libs/events/kafka_handle.h"

namespace pathways::events {

// Idempotent, acks=all, no time-out of its own. One thread.
class Producer {
 public:
  // INVALID_ARGUMENT for a configuration librdkafka does not take. Does not connect.
  static absl::StatusOr<std::unique_ptr<Producer>> Open(const KafkaConfig& config);
  // Drops what was not acknowledged.
  ~Producer();
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;

  struct Result {
    std::vector<bool> acknowledged;  // one for each event
    absl::Status first_failure;      // OK when all were
  };

  // Events with one key stay in order. `keep_waiting` is asked about ten times a second; when it
  // fails, or the client has a fatal error, waiting ends with that status and this producer must be
  // thrown away: its queue may still hold events.
  absl::StatusOr<Result> Deliver(std::shared_ptr<const std::vector<Event>> events,
                                 const std::function<absl::Status()>& keep_waiting);

 private:
  Producer() = default;
  static void OnDelivered(rd_kafka_t* handle, const rd_kafka_message_t* message, void* opaque);

  absl::Status Send(const Event& event, const std::function<absl::Status()>& keep_waiting);
  absl::Status Poll(const std::function<absl::Status()>& keep_waiting);

  // What librdkafka may still point into: freed only after the handle.
  std::shared_ptr<const std::vector<Event>> batch_;
  Result result_;
  std::size_t waiting_ = 0;
  KafkaHandle handle_;
};

}  // namespace pathways::events
