// From the commit of a permanent exclusion to its panel case committed in another service's
// database: outbox, relay, Kafka, consumer, reaction with event, timeline and access log; one
// exclusion at a time, against producing and consuming one record.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "libs/events/consumer.h"
#include "libs/testing/builders.h"
#include "pathways/exclusions/v1/events.pb.h"
#include "services/panel/reactions/exclusion_reaction.h"
#include "tests/bench/bare_kafka.h"
#include "tests/bench/bench.h"
#include "tests/bench/event_world.h"

namespace pathways::bench {
namespace {

using exclusions::v1::PermanentExclusionRecorded;
using std::chrono::seconds;

constexpr int kWarmUp = 50;
constexpr int kSamples = 500;

// The panel's own reaction, on a topic of this run.
class OnTopic : public events::Reaction {
 public:
  OnTopic(panel::ExclusionReaction& reaction, const std::string& topic)
      : Reaction(Moved(reaction.spec(), topic)), reaction_(reaction) {}
  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override {
    return reaction_.Apply(transaction, events);
  }

 private:
  static events::ReactionSpec Moved(events::ReactionSpec spec, const std::string& topic) {
    spec.topics = {topic};
    return spec;
  }
  panel::ExclusionReaction& reaction_;
};

// Tells when cases have been committed.
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
      throw std::runtime_error("a permanent exclusion opened no case within 30 s");
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
    const double taken = Seconds([&] { once(i); });
    if (i >= kWarmUp) milliseconds.push_back(taken * 1000);
  }
  return milliseconds;
}

events::NewEvent Excluded(const EventWorld& world, int number) {
  const std::string pupil = testing::MakePupilId(number).ToString();
  PermanentExclusionRecorded message;
  auto* figures = message.mutable_figures();
  figures->set_exclusion_id(pupil);
  figures->set_pupil_id(pupil);
  figures->set_urn(900001);
  figures->set_la_code(822);
  figures->set_kind("PERM");
  figures->set_start_date("2026-11-02");
  figures->set_provision_from("2026-11-10");
  events::NewEvent event = events::MakeEvent(message, "exclusion/" + pupil, 1, pupil);
  event.topic = world.topic();
  return event;
}

std::vector<double> Ours(EventWorld& world) {
  testing::TestDatabase database(
      {storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
       storage::LibraryMigrations("access"), storage::ServiceMigrations("panel")});
  auto pool = storage::Pool::Open({.uri = database.app_uri(), .size = 2});
  if (!pool.ok()) throw std::runtime_error("the panel's database cannot be opened");
  education::SystemClock clock;
  education::RandomIdSource ids;
  events::Outbox outbox(ids, clock, "/pathways/panel");
  panel::ExclusionReaction reaction(outbox, ids, clock);
  OnTopic on_topic(reaction, world.topic());
  Arrivals arrivals;
  events::ConsumerConfig config;
  config.kafka = world.kafka();
  config.group = world.topic();
  config.instance = "bench-0";
  events::Consumer consumer(config, **pool, {&on_topic}, &arrivals);
  if (!consumer.Start().ok()) throw std::runtime_error("the consumer did not start");
  world.StartRelay();
  auto sample = Sample([&](int i) {
    world.Write({Excluded(world, i + 1)});
    arrivals.WaitFor(static_cast<std::size_t>(i) + 1);
  });
  world.StopRelay();
  (void)consumer.Stop(seconds(10));
  return sample;
}

std::vector<double> Theirs(EventWorld& world) {
  const KafkaHandle producer = BareProducer(world.kafka().bootstrap_servers);
  const KafkaHandle consumer = BareConsumer(world.kafka().bootstrap_servers, world.topic());
  const std::string payload = Excluded(world, 1).payload;
  return Sample([&](int) {
    Produce(producer.get(), world.topic(), "key", payload);
    rd_kafka_flush(producer.get(), 10'000);
    (void)ConsumeOne(consumer.get());
  });
}

std::vector<Row> Run() {
  EventWorld world(1);
  std::vector<double> ours = Ours(world);
  EventWorld bare(1);
  std::vector<double> theirs = Theirs(bare);
  const std::string against = "producing and consuming one record";
  return {Time("panel-flow-p50", Percentile(ours, 0.5), "ms", against, Percentile(theirs, 0.5)),
          Time("panel-flow-p99", Percentile(ours, 0.99), "ms", against, Percentile(theirs, 0.99))};
}

}  // namespace

Benchmark PanelFlow() {
  return {"panel-flow",
          "from a permanent exclusion's commit to its opened panel case, one at a time", Run};
}

}  // namespace pathways::bench
