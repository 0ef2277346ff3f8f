#include "libs/events/relay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "libs/events/kafka_handle.h"
#include "libs/events/test_world.h"

// After rdkafka.h, as it asks for.
#include <librdkafka/rdkafka_mock.h>

namespace pathways::events {
namespace {

using testing::WaitFor;

// Writers who take their transaction id long before the aggregate's lock, roll back now and then,
// and sometimes hold a transaction open: what broke the well-known cursors.
void WriteLikeMany(World& world, int writers, int transactions_each, int aggregates) {
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&world, writer, transactions_each, aggregates] {
      std::mt19937 random(static_cast<unsigned>(writer));
      const auto one_in = [&random](unsigned n) { return random() % n == 0; };
      for (int i = 0; i < transactions_each; ++i) {
        const auto status =
            InTransaction(world.pool(), [&](storage::Transaction& transaction) -> absl::Status {
              if (one_in(2)) {
                const auto early = transaction.Query("select pg_current_xact_id()");
                if (!early.ok()) return early.status();
              }
              const std::string aggregate =
                  "thing/" + std::to_string(random() % static_cast<unsigned>(aggregates));
              if (auto changed = Change(world, transaction, aggregate); !changed.ok())
                return changed;
              if (one_in(50)) {
                const auto held = transaction.Query("select pg_sleep(0.02)");
                if (!held.ok()) return held.status();
              }
              return one_in(50) ? absl::CancelledError("rolled back") : absl::OkStatus();
            });
        EXPECT_TRUE(status.ok() || absl::IsCancelled(status)) << status;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::int64_t Published(World& world) {
  return world.Count(
      "select count(*) from events.outbox o, events.relay r where o.seq <= r.watermark or o.seq <@ "
      "r.published");
}

std::int64_t Written(World& world) { return world.Count("select count(*) from events.outbox"); }

TEST(Relay, LosesAndSwapsNothingUnderConcurrentWriters) {
  World world;
  ASSERT_TRUE(world.MakeTopic().ok());
  Counts counts;
  Remember remember(world.reaction());
  Consumer consumer(world.consumer_config(), world.pool(), {&remember}, &counts);
  ASSERT_TRUE(consumer.Start().ok());
  Relay relay(world.relay_config(), &counts);
  relay.Start();
  WriteLikeMany(world, 6, 1500, 5);
  const std::int64_t written = Written(world);
  EXPECT_GT(written, 8000);
  EXPECT_TRUE(WaitFor([&] { return world.effects() >= written; }, kLimit))
      << world.effects() << " of " << written;
  EXPECT_TRUE(relay.Stop(kLimit).ok());
  EXPECT_TRUE(consumer.Stop(kLimit).ok());
  EXPECT_EQ(counts.parked, 0U) << "an event came before an earlier version";
  EXPECT_EQ(counts.duplicates, 0U);
  for (const auto& [aggregate, versions] : world.Applied()) {
    EXPECT_EQ(versions, UpTo(static_cast<std::int64_t>(versions.size()))) << aggregate;
  }
}

TEST(Relay, StepsOverRolledBackNumbersAndEmptiesItsState) {
  World world;
  ASSERT_TRUE(world.MakeTopic().ok());
  Relay relay(world.relay_config());
  relay.Start();
  WriteLikeMany(world, 4, 300, 3);
  ASSERT_TRUE(world.Append({world.MakeNew("last", 1)}).ok());
  EXPECT_TRUE(WaitFor(
      [&] {
        return world.Count(
                   "select count(*) from events.relay where isempty(published) "
                   "and watermark = (select max(seq) from events.outbox)") == 1;
      },
      kLimit));
}

TEST(Relay, KeepsPublishingWhileATransactionIsHeldOpen) {
  World world;
  ASSERT_TRUE(world.MakeTopic().ok());
  Counts counts;
  Relay relay(world.relay_config(), &counts);
  relay.Start();
  auto held =
      world.pool().Begin(storage::RowScope::System("test"), storage::Deadline::After(kLimit));
  ASSERT_TRUE(held.ok());
  ASSERT_TRUE(Change(world, *held, "held").ok());
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(world.Append({world.MakeNew("free/" + std::to_string(i), 1)}).ok());
  }
  EXPECT_TRUE(WaitFor([&] { return counts.published == 20; }, kLimit));
  EXPECT_TRUE(WaitFor([&] { return counts.watermark_lag == 21; }, kLimit)) << counts.watermark_lag;
  ASSERT_TRUE(held->Commit().ok());
  EXPECT_TRUE(WaitFor([&] { return counts.published == 21 && counts.watermark_lag == 0; }, kLimit));
}

TEST(Relay, AnotherTakesTheLeadWhenOneEnds) {
  World world;
  ASSERT_TRUE(world.MakeTopic().ok());
  Counts first_counts, second_counts;
  auto first = std::make_unique<Relay>(world.relay_config(), &first_counts);
  first->Start();
  ASSERT_TRUE(WaitFor([&] { return first_counts.leading.load(); }, kLimit));
  Relay second(world.relay_config(), &second_counts);
  second.Start();
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1)}).ok());
  EXPECT_TRUE(WaitFor([&] { return first_counts.published == 1; }, kLimit));
  EXPECT_FALSE(second_counts.leading);
  EXPECT_TRUE(first->Stop(kLimit).ok());
  first.reset();
  ASSERT_TRUE(world.Append({world.MakeNew("a", 2)}).ok());
  EXPECT_TRUE(WaitFor([&] { return second_counts.published == 1; }, kLimit));
}

TEST(Relay, RecoversWhenItsDatabaseConnectionsAreCut) {
  World world;
  ASSERT_TRUE(world.MakeTopic().ok());
  Counts counts;
  Relay relay(world.relay_config(), &counts);
  relay.Start();
  for (std::int64_t version = 1; version <= 5; ++version) {
    ASSERT_TRUE(WaitFor([&] { return world.Append({world.MakeNew("a", version)}).ok(); }, kLimit));
    ASSERT_TRUE(WaitFor([&] { return Published(world) == version; }, kLimit))
        << counts.last_trouble();
    world.database().TerminateBackends();
  }
  EXPECT_GT(counts.troubles, 0);
}

TEST(Relay, WaitsForATopicThatIsNotThereYet) {
  World world;
  Counts counts;
  RelayConfig config = world.relay_config();
  config.kafka.properties["topic.metadata.propagation.max.ms"] = "500";
  config.kafka.properties["topic.metadata.refresh.interval.ms"] = "500";
  Relay relay(config, &counts);
  relay.Start();
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1)}).ok());
  EXPECT_TRUE(WaitFor([&] { return counts.troubles > 0; }, kLimit));
  EXPECT_EQ(Published(world), 0);
  ASSERT_TRUE(world.MakeTopic().ok());
  EXPECT_TRUE(WaitFor([&] { return Published(world) == 1; }, kLimit)) << counts.last_trouble();
}

TEST(Relay, StopsInTimeWhileKafkaIsAway) {
  World world("127.0.0.1:1");
  Relay relay(world.relay_config());
  relay.Start();
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1)}).ok());
  EXPECT_TRUE(
      WaitFor([&] { return world.Count("select count(*) from events.relay where epoch > 0") == 1; },
              kLimit));
  EXPECT_TRUE(relay.Stop(std::chrono::seconds(5)).ok());
  EXPECT_EQ(Published(world), 0);
}

TEST(Relay, DeliversWhatWasWrittenWhileKafkaWasDown) {
  testing::TestBroker broker;
  World world(broker.bootstrap_servers());
  ASSERT_TRUE(world.MakeTopic().ok());
  Counts counts;
  Remember remember(world.reaction());
  Consumer consumer(world.consumer_config(), world.pool(), {&remember}, &counts);
  ASSERT_TRUE(consumer.Start().ok());
  Relay relay(world.relay_config(), &counts);
  relay.Start();
  std::thread writers([&] { WriteLikeMany(world, 2, 300, 3); });
  EXPECT_TRUE(WaitFor([&] { return counts.applied > 50; }, kLimit));
  broker.Stop(testing::TestBroker::StopMode::kKill);
  writers.join();  // nobody minds
  const std::int64_t written = Written(world);
  broker.Start();
  EXPECT_TRUE(WaitFor([&] { return world.effects() >= written; }, 2 * kLimit))
      << counts.last_trouble();
  EXPECT_TRUE(relay.Stop(kLimit).ok());
  EXPECT_TRUE(consumer.Stop(kLimit).ok());
  EXPECT_EQ(world.effects(), written);
  for (const auto& [aggregate, versions] : world.Applied()) {
    EXPECT_EQ(versions, UpTo(static_cast<std::int64_t>(versions.size()))) << aggregate;
  }
}

// A broker of librdkafka's own, which answers with the errors it is told to.
class MockBroker {
 public:
  MockBroker() {
    auto conf = MakeKafkaConf(KafkaConfig{}, {});
    handle_ = MakeKafkaHandle(RD_KAFKA_PRODUCER, *std::move(conf)).value();
    cluster_ = rd_kafka_mock_cluster_new(handle_.get(), 1);
  }
  ~MockBroker() { rd_kafka_mock_cluster_destroy(cluster_); }

  std::string servers() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
  void MakeTopic(const std::string& name) {
    rd_kafka_mock_topic_create(cluster_, name.c_str(), 2, 1);
  }
  void FailNextProduce(rd_kafka_resp_err_t error, int times) {
    for (int i = 0; i < times; ++i)
      rd_kafka_mock_push_request_errors(cluster_, 0 /* Produce */, 1, error);
  }

 private:
  KafkaHandle handle_;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

class RelayAgainstErrors : public ::testing::TestWithParam<rd_kafka_resp_err_t> {};

TEST_P(RelayAgainstErrors, DeliversInTheEnd) {
  MockBroker broker;
  World world(broker.servers());
  broker.MakeTopic(world.topic());
  Counts counts;
  Relay relay(world.relay_config(), &counts);
  relay.Start();
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1), world.MakeNew("b", 1)}).ok());
  ASSERT_TRUE(WaitFor([&] { return Published(world) == 2; }, kLimit)) << counts.last_trouble();
  broker.FailNextProduce(GetParam(), 2);
  ASSERT_TRUE(world.Append({world.MakeNew("a", 2), world.MakeNew("b", 2)}).ok());
  EXPECT_TRUE(WaitFor([&] { return Published(world) == 4; }, kLimit)) << counts.last_trouble();
}

INSTANTIATE_TEST_SUITE_P(Broker, RelayAgainstErrors,
                         ::testing::Values(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
                                           RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                                           RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
                                           RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID,
                                           RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH,
                                           RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED),
                         [](const auto& info) {
                           return std::string(rd_kafka_err2name(info.param));
                         });

TEST(Topics, AreMadeOnceAndChecked) {
  World world;
  TopicSpec topic{.name = world.topic(), .partitions = 3};
  EXPECT_TRUE(EnsureTopics(world.kafka(), {&topic, 1}, kLimit).ok());
  EXPECT_TRUE(EnsureTopics(world.kafka(), {&topic, 1}, kLimit).ok());
  topic.partitions = 5;
  EXPECT_EQ(EnsureTopics(world.kafka(), {&topic, 1}, kLimit).code(),
            absl::StatusCode::kFailedPrecondition);
  topic.partitions = 3;
  topic.compacted = true;
  EXPECT_EQ(EnsureTopics(world.kafka(), {&topic, 1}, kLimit).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(Topics, SayWhenKafkaIsAway) {
  const KafkaConfig nowhere{.bootstrap_servers = "127.0.0.1:1"};
  const TopicSpec topic{.name = "events.nowhere"};
  const auto status = EnsureTopics(nowhere, {&topic, 1}, std::chrono::milliseconds(500));
  EXPECT_TRUE(absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status)) << status;
}

TEST(Topics, NamesAWrongProperty) {
  const KafkaConfig wrong{.bootstrap_servers = "127.0.0.1:1",
                          .properties = {{"no.such.property", "1"}}};
  const TopicSpec topic{.name = "events.nowhere"};
  const auto status = EnsureTopics(wrong, {&topic, 1}, std::chrono::milliseconds(500));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("no.such.property"));
}

}  // namespace
}  // namespace pathways::events
