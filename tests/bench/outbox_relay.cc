// The relay empties a full outbox, in order, recording what it sent; librdkafka sends the same
// bytes from memory.
#include <atomic>
#include <stdexcept>

#include "libs/testing/wait.h"
#include "tests/bench/bare_kafka.h"
#include "tests/bench/bench.h"
#include "tests/bench/event_world.h"

namespace pathways::bench {
namespace {

constexpr int kEvents = 200'000;
constexpr int kBatch = 10'000;

class CountPublished : public events::RelayObserver {
 public:
  void OnPublished(std::size_t events) override { published += events; }
  std::atomic<std::size_t> published{0};
};

std::vector<Row> Run() {
  EventWorld world(6);
  std::vector<events::NewEvent> all;
  for (int i = 0; i < kEvents; ++i) all.push_back(world.MakeEvent(i, 1));
  for (int at = 0; at < kEvents; at += kBatch) {
    world.Write(std::vector(all.begin() + at, all.begin() + at + kBatch));
  }

  CountPublished counts;
  bool emptied = false;
  const double ours = Seconds([&] {
    world.StartRelay(&counts);
    emptied =
        testing::WaitFor([&] { return counts.published >= kEvents; }, std::chrono::minutes(5));
  });
  world.StopRelay();
  if (!emptied) throw std::runtime_error("the relay did not empty the outbox in five minutes");

  const KafkaHandle producer = BareProducer(world.kafka().bootstrap_servers);
  const double theirs = Seconds([&] {
    for (const events::NewEvent& event : all)
      Produce(producer.get(), world.topic(), event.key, event.payload);
    rd_kafka_flush(producer.get(), 60'000);
  });
  return {Rate("outbox-relay", kEvents / ours, "events/s",
               "librdkafka producing the same payloads from memory", kEvents / theirs)};
}

}  // namespace

Benchmark OutboxRelay() {
  return {"outbox-relay", "carrying 200,000 waiting events from PostgreSQL to Kafka, in order",
          Run};
}

}  // namespace pathways::bench
