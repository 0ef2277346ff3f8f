#include "libs/events/consumer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "libs/events/consumer_flow.h"
#include "libs/events/kafka_handle.h"

namespace pathways::events {
namespace {

using ::testing::ElementsAre;
using testing::WaitFor;

// All that the topic holds now, as its retention would in time.
void DeleteRecords(const World& world) {
  auto client =
      MakeKafkaHandle(RD_KAFKA_PRODUCER, MakeKafkaConf(world.kafka(), {}).value()).value();
  const PartitionList ends(rd_kafka_topic_partition_list_new(2));
  for (const std::int32_t partition : {0, 1}) {
    rd_kafka_topic_partition_list_add(ends.get(), world.topic().c_str(), partition)->offset =
        RD_KAFKA_OFFSET_END;
  }
  rd_kafka_DeleteRecords_t* request = rd_kafka_DeleteRecords_new(ends.get());
  rd_kafka_queue_t* queue = rd_kafka_queue_new(client.get());
  rd_kafka_DeleteRecords(client.get(), &request, 1, nullptr, queue);
  rd_kafka_event_t* answer = rd_kafka_queue_poll(queue, 20'000);
  EXPECT_EQ(rd_kafka_event_error(answer), RD_KAFKA_RESP_ERR_NO_ERROR);
  rd_kafka_event_destroy(answer);
  rd_kafka_queue_destroy(queue);
  rd_kafka_DeleteRecords_destroy(request);
}

TEST(Consumer, ChecksItsConfiguration) {
  World world("127.0.0.1:1");
  Remember one(world.reaction()), other(world.reaction());
  const auto refused = [&](const ConsumerConfig& config, std::vector<Reaction*> reactions) {
    return Consumer(config, world.pool(), std::move(reactions)).Start().code() ==
           absl::StatusCode::kInvalidArgument;
  };
  EXPECT_TRUE(refused(world.consumer_config(), {}));
  EXPECT_TRUE(refused(world.consumer_config(), {&one, &other}));
  EXPECT_TRUE(refused(world.consumer_config(""), {&one}));
}

TEST(Consumer, AppliesEachEventOnceHoweverOftenItComes) {
  Flow flow;
  flow.Start();
  std::vector<std::pair<std::string, std::int64_t>> events;
  for (std::int64_t version = 1; version <= 20; ++version) {
    for (const char* aggregate : {"a", "b", "c"}) events.emplace_back(aggregate, version);
  }
  flow.Write(events);
  ASSERT_TRUE(WaitFor([&] { return flow.counts.applied == 60; }, kLimit)) << flow.Why();
  for (std::size_t again = 1; again <= 5; ++again) {
    flow.StopRelay();
    flow.world.database().RunScript("update events.relay set watermark = 0, published = '{}'");
    flow.relay = std::make_unique<Relay>(flow.world.relay_config(), &flow.counts);
    flow.relay->Start();
    ASSERT_TRUE(WaitFor([&] { return flow.counts.published >= 60 * (again + 1); }, kLimit))
        << flow.Why();
  }
  EXPECT_TRUE(
      WaitFor([&] { return flow.counts.duplicates + 60 == flow.counts.published; }, kLimit));
  flow.Stop();
  EXPECT_GE(flow.counts.published, 360U);
  EXPECT_EQ(flow.world.effects(), 60);
  for (const auto& [aggregate, versions] : flow.world.Applied())
    EXPECT_EQ(versions, UpTo(20)) << aggregate;
}

TEST(Consumer, TellsHowFarBehindItIs) {
  Flow flow;
  std::atomic<bool> broken = true;
  flow.remember.fail = [&](const Event&) {
    return broken ? absl::UnavailableError("not now") : absl::OkStatus();
  };
  flow.Start();
  flow.Write({{"a", 1}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.lag() == 1; }, kLimit)) << flow.counts.lag();
  // While it waits it fetches nothing, and still sees what piles up.
  flow.Write({{"a", 2}, {"b", 1}, {"c", 1}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.lag() == 4; }, kLimit)) << flow.counts.lag();
  broken = false;
  ASSERT_TRUE(WaitFor([&] { return flow.counts.applied == 4; }, kLimit)) << flow.Why();
  EXPECT_TRUE(WaitFor([&] { return flow.counts.lag() == 0; }, kLimit)) << flow.counts.lag();
}

TEST(Consumer, ParksBehindAGapAndHeals) {
  Flow flow;
  flow.Start();
  flow.Write({{"a", 1}, {"a", 3}, {"a", 4}, {"b", 1}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.parked == 2 && flow.world.effects() == 2; }, kLimit))
      << flow.Why();
  const auto gaps = InTransaction(flow.world.pool(), [](storage::Transaction& transaction) {
    return ListGaps(transaction, "", 10);
  });
  ASSERT_TRUE(gaps.ok()) << gaps.status();
  ASSERT_EQ(gaps->size(), 1U);
  EXPECT_EQ(gaps->front().aggregate, "a");
  EXPECT_EQ(gaps->front().seen, 1);
  EXPECT_EQ(gaps->front().next_parked, 3);
  EXPECT_EQ(gaps->front().parked, 2);
  flow.Write({{"a", 2}});
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 5; }, kLimit)) << flow.Why();
  EXPECT_EQ(flow.world.Applied()["a"], UpTo(4));
  EXPECT_EQ(flow.world.Count("select count(*) from events.parked"), 0);
}

TEST(Consumer, GoesOnWhenAGapIsAccepted) {
  Flow flow;
  flow.Start();
  flow.Write({{"a", 5}, {"a", 6}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.parked == 2; }, kLimit)) << flow.Why();
  const auto accept = [&](const std::string& aggregate) {
    return InTransaction(flow.world.pool(), [&](storage::Transaction& transaction) {
      return AcceptGap(transaction, "test.remember", aggregate, kDecision);
    });
  };
  EXPECT_EQ(accept("b").code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(accept("a").ok());
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 2; }, kLimit)) << flow.Why();
  EXPECT_THAT(flow.world.Applied()["a"], ElementsAre(5, 6));
  EXPECT_EQ(flow.world.Count(
                "select count(*) from events.decision where action = 'accept_gap' and why <> ''"),
            1);
}

TEST(Consumer, RetriesPassingTroubleWithoutLosingItsPlace) {
  Flow flow;
  std::atomic<int> attempts = 0;
  flow.remember.fail = [&](const Event&) {
    return ++attempts < 6 ? absl::UnavailableError("not now") : absl::OkStatus();
  };
  flow.Write({{"a", 1}, {"a", 2}, {"b", 1}});
  flow.Start();
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 3; }, kLimit)) << flow.Why();
  EXPECT_GE(attempts, 6);
  EXPECT_EQ(flow.counts.dead, 0U);
  flow.Write({{"a", 3}});
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 4; }, kLimit)) << flow.Why();
}

TEST(Consumer, SkipsTypesItDoesNotKnowButCountsTheirVersions) {
  Flow flow;
  NewEvent unknown = flow.world.MakeNew("a", 1);
  unknown.type = "pathways.test.v1.SomethingNewer";
  ASSERT_TRUE(flow.world.Append({unknown, flow.world.MakeNew("a", 2)}).ok());
  flow.Start();
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 1; }, kLimit)) << flow.Why();
  EXPECT_EQ(flow.counts.skipped, 1U);
  EXPECT_EQ(flow.counts.parked, 0U);
}

TEST(Consumer, AppliesTheLatestStateAndSkipsTombstones) {
  Flow flow(Ordering::kLatestWins, /*compacted=*/true);
  NewEvent newer = flow.world.MakeNew("a", 7), older = flow.world.MakeNew("a", 3);
  NewEvent gone = flow.world.MakeNew("b", 1);
  newer.compaction_key = newer.aggregate;
  older.compaction_key = older.aggregate;
  gone.tombstone = true;
  gone.payload.clear();
  for (const NewEvent& event : {newer, older, gone}) ASSERT_TRUE(flow.world.Append({event}).ok());
  ASSERT_TRUE(WaitFor([&] { return flow.counts.published == 3; }, kLimit)) << flow.Why();
  flow.Start();
  EXPECT_TRUE(
      WaitFor([&] { return flow.counts.skipped == 1 && flow.counts.duplicates == 1; }, kLimit))
      << flow.Why();
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 1; }, kLimit));
  EXPECT_THAT(flow.world.Applied()["a"], ElementsAre(7));
}

TEST(Consumer, RecoversWhenItsDatabaseConnectionsAreCut) {
  Flow flow;
  flow.Start();
  for (std::int64_t version = 1; version <= 5; ++version) {
    ASSERT_TRUE(WaitFor([&] { return flow.world.Append({flow.world.MakeNew("a", version)}).ok(); },
                        kLimit));
    ASSERT_TRUE(WaitFor([&] { return flow.world.effects() == version; }, kLimit)) << flow.Why();
    flow.world.database().TerminateBackends();
  }
}

TEST(Consumer, ContinuesWhereItStopped) {
  Flow flow;
  flow.Start();
  flow.Write({{"a", 1}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.applied == 1; }, kLimit)) << flow.Why();
  flow.Stop();
  EXPECT_EQ(flow.counts.started, 2);
  flow.Write({{"a", 2}});
  flow.Start();
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 2; }, kLimit)) << flow.Why();
  EXPECT_EQ(flow.counts.duplicates, 0U) << "the offset was not committed";
  flow.Stop();
  // The second partition never had a record, so nothing was committed for it: it starts from its
  // beginning again.
  EXPECT_LE(flow.counts.started, 3);
  EXPECT_EQ(flow.counts.restarted, 0);
}

TEST(Consumer, SharesPartitionsWithOthersThatComeAndGo) {
  Flow flow;
  flow.Start("one");
  std::int64_t version = 0;
  const auto write_some = [&] {
    for (int i = 0; i < 50; ++i) {
      ++version;
      flow.Write({{"a", version}, {"b", version}, {"c", version}});
    }
  };
  for (int round = 0; round < 3; ++round) {
    Consumer second(flow.world.consumer_config("two"), flow.world.pool(), flow.Reactions(),
                    &flow.counts);
    ASSERT_TRUE(second.Start().ok());
    write_some();
    ASSERT_TRUE(second.Stop(kLimit).ok());
    write_some();
  }
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 3 * version; }, kLimit)) << flow.Why();
  flow.Stop();
  EXPECT_EQ(flow.world.effects(), 3 * version);
  for (const auto& [aggregate, versions] : flow.world.Applied())
    EXPECT_EQ(versions, UpTo(version)) << aggregate;
}

TEST(Consumer, StartsOverWhenATopicWasMadeAnew) {
  Flow flow;
  flow.Start();
  for (std::int64_t version = 1; version <= 5; ++version) flow.Write({{"a", version}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.applied == 5; }, kLimit)) << flow.Why();
  flow.Stop();
  flow.StopRelay();

  auto client =
      MakeKafkaHandle(RD_KAFKA_PRODUCER, MakeKafkaConf(flow.world.kafka(), {}).value()).value();
  rd_kafka_DeleteTopic_t* topic = rd_kafka_DeleteTopic_new(flow.world.topic().c_str());
  rd_kafka_queue_t* queue = rd_kafka_queue_new(client.get());
  rd_kafka_DeleteTopics(client.get(), &topic, 1, nullptr, queue);
  rd_kafka_event_destroy(rd_kafka_queue_poll(queue, 20'000));
  rd_kafka_queue_destroy(queue);
  rd_kafka_DeleteTopic_destroy(topic);
  ASSERT_TRUE(WaitFor([&] { return flow.world.MakeTopic().ok(); }, kLimit));

  flow.world.database().RunScript(
      "delete from events.outbox where version <= 3; update events.relay set watermark = 0");
  flow.relay = std::make_unique<Relay>(flow.world.relay_config(), &flow.counts);
  flow.relay->Start();
  flow.Start();
  flow.Write({{"a", 6}});
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 6; }, kLimit)) << flow.Why();
  EXPECT_EQ(flow.world.Applied()["a"], UpTo(6));
}

TEST(Consumer, SaysWhenItsPlaceWasLost) {
  Flow flow;
  flow.Start();
  flow.Write({{"a", 1}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.applied == 1; }, kLimit)) << flow.Why();
  flow.Stop();
  flow.Write({{"a", 2}, {"a", 3}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.published == 3; }, kLimit)) << flow.Why();
  DeleteRecords(flow.world);
  flow.Write({{"a", 4}});
  flow.Start();
  // Neither a jump to the end nor an effect without its predecessors: 2 and 3 are known to be
  // missing.
  EXPECT_TRUE(WaitFor([&] { return flow.counts.parked == 1; }, kLimit)) << flow.Why();
  EXPECT_EQ(flow.counts.restarted, 1);
  EXPECT_EQ(flow.world.effects(), 1);
}

TEST(Consumer, IsSoonThere) {
  Flow flow;
  flow.Start();
  flow.Write({{"warm", 1}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.applied == 1; }, kLimit)) << flow.Why();
  std::vector<std::int64_t> microseconds;
  for (std::int64_t version = 1; version <= 50; ++version) {
    const auto begin = std::chrono::steady_clock::now();
    const auto before = flow.counts.applied.load();
    flow.Write({{"a", version}});
    flow.relay->Poke();
    ASSERT_TRUE(WaitFor([&] { return flow.counts.applied > before; }, kLimit)) << flow.Why();
    microseconds.push_back(std::chrono::duration_cast<std::chrono::microseconds>(
                               std::chrono::steady_clock::now() - begin)
                               .count());
  }
  std::sort(microseconds.begin(), microseconds.end());
  std::cout << "commit to effect, with waiting: p50 " << microseconds[25] << " us, worst "
            << microseconds[49] << " us\n";
  EXPECT_LT(microseconds[25], 500'000);
}

}  // namespace
}  // namespace pathways::events
