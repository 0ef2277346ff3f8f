// Carries what the outbox holds to Kafka, in order, at least once. Readers drop what they see
// twice.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "libs/events/kafka_config.h"

namespace pathways::events {

// Hears what a relay does, for metrics and logs. Called on the relay's thread; must not block.
class RelayObserver {
 public:
  virtual ~RelayObserver() = default;
  virtual void OnPublished(std::size_t /*events*/) {}
  // After every look at the outbox. `oldest_unpublished` is 0 when nothing waits; `watermark_lag`
  // is the number of seqs between the watermark and the highest published seq: it grows while a
  // transaction is held open.
  virtual void OnState(std::chrono::microseconds /*oldest_unpublished*/,
                       std::int64_t /*watermark_lag*/) {}
  virtual void OnLeading(bool /*leading*/) {}
  // Something failed and is tried again. `where`: "database", "kafka" or "maintenance"; the text
  // holds no personal data.
  virtual void OnTrouble(std::string_view /*where*/, const absl::Status& /*status*/) {}
};

struct RelayConfig {
  KafkaConfig kafka{};
  // PostgreSQL connection string of the service's own login. The relay keeps one connection of its
  // own, which holds the lead (session advisory lock).
  std::string database{};
  std::size_t max_batch = 5000;
  std::chrono::milliseconds busy_poll{5};
  std::chrono::milliseconds idle_poll{100};
  // A leader that does not touch its connection for so long (stopped, cut off) loses the lead.
  std::chrono::milliseconds lead_timeout{10'000};
};

// One per service process; of all processes of a service one leads, the others wait. Thread-safe.
class Relay {
 public:
  // `observer` may be null and must outlive the relay.
  explicit Relay(RelayConfig config, RelayObserver* observer = nullptr);
  // Stops, waiting up to 5 s.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // Never fails: what is not there (database, Kafka) is tried again until it is.
  void Start();

  // Something was committed: look now instead of at the next poll. Cheap; any thread.
  void Poke();

  // Finishes the batch under way if it can be acknowledged in time. DEADLINE_EXCEEDED when the
  // thread did not end in time: it is left behind and the process should exit.
  absl::Status Stop(std::chrono::milliseconds deadline);

 private:
  class Worker;
  std::shared_ptr<Worker> worker_;
};

}  // namespace pathways::events
