// A database with an outbox and a topic, as a service has them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/kafka_config.h"
#include "libs/events/outbox.h"
#include "libs/events/relay.h"
#include "libs/storage/pool.h"
#include "libs/testing/postgres.h"

namespace pathways::bench {

// Throws std::runtime_error when PostgreSQL or Kafka is not there.
class EventWorld {
 public:
  explicit EventWorld(int partitions);

  storage::Pool& pool() { return *pool_; }
  const events::KafkaConfig& kafka() const { return kafka_; }
  const std::string& topic() const { return topic_; }
  const std::string& database_uri() const { return database_.app_uri(); }

  // Starts the relay; from then on a commit pokes it.
  void StartRelay(events::RelayObserver* observer = nullptr);
  void StopRelay();

  // One event of about 200 bytes: an enrolment's absence became persistent, the n-th of its
  // aggregate.
  events::NewEvent MakeEvent(int aggregate, std::int64_t version) const;
  // One transaction that only writes these events.
  void Write(const std::vector<events::NewEvent>& events);

 private:
  testing::TestDatabase database_;
  std::string topic_;
  events::KafkaConfig kafka_;
  education::SystemClock clock_;
  education::RandomIdSource ids_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<events::Relay> relay_;
  events::Outbox outbox_;
};

}  // namespace pathways::bench
