// A process with relay and consumer that ends, as by kill -9, at each named point, is started
// again, and ends again: every event takes effect once, in order.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "libs/events/crash_point.h"
#include "libs/events/test_world.h"
#include "libs/testing/child_process.h"

namespace pathways::events {
namespace {

using testing::kKilled;
using testing::Variable;
using testing::WaitFor;

constexpr int kEvents = 40;

// The process under test: this binary again, with this test only.
TEST(CrashChild, DISABLED_RelaysAndReacts) {
  const std::string topic = Variable("CRASH_TEST_TOPIC");
  const std::string database = Variable("CRASH_TEST_DATABASE");
  const KafkaConfig kafka{.bootstrap_servers = Variable("CRASH_TEST_KAFKA")};
  auto pool = OpenPool(database);
  Remember remember({.name = "test.remember", .topics = {topic}, .types = {kType}});
  ConsumerConfig config{
      .kafka = kafka, .group = topic + ".group", .instance = "one", .max_batch = 7};
  Consumer consumer(config, *pool, {&remember});
  Relay relay({.kafka = kafka, .database = database, .max_batch = 5});
  relay.Start();
  ASSERT_TRUE(consumer.Start().ok());
  const bool done = WaitFor(
      [&] {
        const auto count = InTransaction(*pool, [](storage::Transaction& transaction) {
          return transaction.QueryOne("select count(*) from effect");
        });
        return count.ok() && count->Get<std::int64_t>(0) >= kEvents;
      },
      kLimit);
  ASSERT_TRUE(consumer.Stop(kLimit).ok());
  ASSERT_TRUE(relay.Stop(kLimit).ok());
  ASSERT_TRUE(done);
}

int RunChild(World& world, const std::string& crash_at) {
  std::vector<std::string> variables = {"CRASH_TEST_TOPIC=" + world.topic(),
                                        "CRASH_TEST_DATABASE=" + world.database().app_uri(),
                                        "CRASH_TEST_KAFKA=" + world.kafka().bootstrap_servers};
  if (!crash_at.empty()) variables.push_back("CRASH_AT=" + crash_at);
  return testing::RunChildTest("CrashChild.DISABLED_RelaysAndReacts", variables);
}

class CrashPoints : public ::testing::TestWithParam<std::string_view> {};

TEST_P(CrashPoints, LoseAndDoubleNothing) {
  World world;
  ASSERT_TRUE(world.MakeTopic().ok());
  for (std::int64_t version = 1; version <= kEvents / 4; ++version) {
    for (const char* aggregate : {"a", "b", "c", "d"}) {
      ASSERT_TRUE(world.Append({world.MakeNew(aggregate, version)}).ok());
    }
  }
  const std::string point(GetParam());
  for (const char* time : {":1", ":2", ":3"})
    EXPECT_EQ(RunChild(world, point + time), kKilled) << point << time;
  EXPECT_EQ(RunChild(world, ""), 0);
  EXPECT_EQ(world.effects(), kEvents);
  for (const auto& [aggregate, versions] : world.Applied())
    EXPECT_EQ(versions, UpTo(kEvents / 4)) << aggregate;
}

INSTANTIATE_TEST_SUITE_P(Each, CrashPoints, ::testing::ValuesIn(kCrashPoints),
                         [](const auto& info) {
                           std::string name(info.param);
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

}  // namespace
}  // namespace pathways::events
