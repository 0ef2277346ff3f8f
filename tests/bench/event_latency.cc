// From a commit here to the effect committed there, one event at a time; against producing and
// consuming one record.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "libs/events/consumer.h"
#include "tests/bench/bare_kafka.h"
#include "tests/bench/bench.h"
#include "tests/bench/event_world.h"

namespace pathways::bench {
namespace {

using std::chrono::seconds;

constexpr int kWarmUp = 50;
constexpr int kSamples = 500;
constexpr char kType[] = "pathways.attendance.v1.AbsenceBecamePersistent";

events::ReactionSpec Spec(const std::string& topic) {
  events::ReactionSpec spec;
  spec.name = "bench.latency";
  spec.topics = {topic};
  spec.types = {kType};
  return spec;
}

// Writes a row for each event: an effect like any other.
class KeepRow : public events::Reaction {
 public:
  explicit KeepRow(const std::string& topic) : Reaction(Spec(topic)) {}
  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override {
    std::vector<std::string> aggregates;
    for (const events::Event& event : events) aggregates.push_back(event.aggregate);
    return transaction
        .Execute("insert into effect (aggregate) select unnest($1::text[])", aggregates)
        .status();
  }
};

// Tells when effects have been committed.
class Arrivals : public events::ConsumerObserver {
 public:
  void OnApplied(std::string_view, std::size_t events) override {
    const std::lock_guard lock(mutex_);
    applied_ += events;
    arrived_.notify_all();
  }
  void WaitFor(std::size_t count) {
    std::unique_lock lock(mutex_);
    if (!arrived_.wait_for(lock, seconds(30), [&] { return applied_ >= count; })) {
      throw std::runtime_error("an event's effect did not come within 30 s");
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::size_t applied_ = 0;
};

template <typename Once>
std::vector<double> Sample(Once once) {
  std::vector<double> milliseconds;
  for (int i = 0; i < kWarmUp + kSamples; ++i) {
    const double seconds = Seconds([&] { once(i); });
    if (i >= kWarmUp) milliseconds.push_back(seconds * 1000);
  }
  return milliseconds;
}

std::vector<double> Ours(EventWorld& world, testing::TestDatabase& reader) {
  auto pool = storage::Pool::Open({.uri = reader.app_uri(), .size = 2});
  if (!pool.ok()) throw std::runtime_error("the reader's database cannot be opened");
  Arrivals arrivals;
  KeepRow reaction(world.topic());
  events::ConsumerConfig config;
  config.kafka = world.kafka();
  config.group = world.topic();
  config.instance = "bench-0";
  events::Consumer consumer(config, **pool, {&reaction}, &arrivals);
  if (!consumer.Start().ok()) throw std::runtime_error("the consumer did not start");
  world.StartRelay();
  auto sample = Sample([&](int i) {
    world.Write({world.MakeEvent(i, 1)});
    arrivals.WaitFor(static_cast<std::size_t>(i) + 1);
  });
  world.StopRelay();
  (void)consumer.Stop(seconds(10));
  return sample;
}

std::vector<double> Theirs(EventWorld& world) {
  const std::string topic = world.topic();
  const KafkaHandle producer = BareProducer(world.kafka().bootstrap_servers);
  const KafkaHandle consumer = BareConsumer(world.kafka().bootstrap_servers, topic);
  const std::string payload = world.MakeEvent(0, 1).payload;
  return Sample([&](int) {
    Produce(producer.get(), topic, "key", payload);
    rd_kafka_flush(producer.get(), 10'000);
    (void)ConsumeOne(consumer.get());
  });
}

std::vector<Row> Run() {
  testing::TestDatabase reader(
      {storage::LibraryMigrations("storage"), storage::LibraryMigrations("events")});
  reader.RunScript(
      "create table effect (aggregate text not null); grant insert on effect to public;");
  EventWorld world(1);
  std::vector<double> ours = Ours(world, reader);
  EventWorld bare(1);
  std::vector<double> theirs = Theirs(bare);
  const std::string against = "producing and consuming one record";
  return {
      Time("event-latency-p50", Percentile(ours, 0.5), "ms", against, Percentile(theirs, 0.5)),
      Time("event-latency-p99", Percentile(ours, 0.99), "ms", against, Percentile(theirs, 0.99))};
}

}  // namespace

Benchmark EventLatency() {
  return {"event-latency", "from a commit here to the effect committed there, one event at a time",
          Run};
}

}  // namespace pathways::bench
