// Reads topics and has reactions applied, each event's effect once.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "libs/events/kafka_config.h"
#include "libs/events/reaction.h"

namespace pathways::storage {
class Pool;
}

namespace pathways::events {

// Hears what a consumer does, for metrics and logs. Called on the consumer's thread; must not
// block.
class ConsumerObserver {
 public:
  virtual ~ConsumerObserver() = default;
  // Applied and committed; the age is since the event was made (its ce_time).
  virtual void OnApplied(std::string_view /*reaction*/, std::size_t /*events*/) {}
  virtual void OnEndToEnd(std::chrono::microseconds /*since_event_time*/) {}
  // Seen before, or older than what was seen.
  virtual void OnDuplicates(std::string_view /*reaction*/, std::size_t /*events*/) {}
  // Of a type the reaction does not know, or a tombstone.
  virtual void OnSkipped(std::string_view /*reaction*/, std::size_t /*events*/) {}
  // Waits for an earlier version, or behind a dead letter.
  virtual void OnParked(std::string_view /*reaction*/, std::size_t /*events*/) {}
  virtual void OnDeadLetter(std::string_view /*reaction*/, const absl::Status& /*why*/) {}
  // A partition starts from its beginning: a new group, or (alarm) its offset was lost.
  virtual void OnStartedFromBeginning(std::string_view /*topic*/, int /*partition*/,
                                      bool /*offset_lost*/) {}
  // Offsets of a partition that are not dealt with yet; told about once a `worker_step`, and 0 when
  // the partition is given up, so that the sum over processes is right.
  virtual void OnLag(std::string_view /*topic*/, int /*partition*/, std::int64_t /*offsets*/) {}
  // Something failed and is tried again. `where`: "kafka" or "reaction".
  virtual void OnTrouble(std::string_view /*where*/, const absl::Status& /*status*/) {}
};

struct ConsumerConfig {
  KafkaConfig kafka{};
  std::string
      group;  // consumer group, e.g. "pathways-referrals"; all processes of a service share it
  // Static member name, unique in the group and the same after a restart (e.g. the ordinal of the
  // pod): a restarted process gets its partitions back at once.
  std::string instance{};
  std::size_t max_batch = 500;
  std::chrono::milliseconds max_wait{3};  // after the first event of a batch, for more
  // Attempts before an error that says neither "retry" nor "never" is taken for permanent.
  int max_attempts = 5;
  // How often dead letters asked to be replayed, and gaps accepted, are looked for.
  std::chrono::milliseconds worker_step{1000};
  std::chrono::milliseconds session_timeout{10'000};
};

// One thread. `pool` and `reactions` must outlive it. Thread-safe.
class Consumer {
 public:
  Consumer(ConsumerConfig config, storage::Pool& pool, std::vector<Reaction*> reactions,
           ConsumerObserver* observer = nullptr);
  // Stops, waiting up to 5 s.
  ~Consumer();
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  // INVALID_ARGUMENT for a wrong configuration. An absent Kafka or database is no error: it is
  // tried again.
  absl::Status Start();

  // Commits or rolls back the batch under way, commits offsets, leaves. DEADLINE_EXCEEDED when that
  // did not end in time (a hang of librdkafka's close): the thread is left behind and the process
  // should exit.
  absl::Status Stop(std::chrono::milliseconds deadline);

 private:
  class Worker;
  std::shared_ptr<Worker> worker_;
};

}  // namespace pathways::events
