// A process with relay and consumer that ends, as by kill -9, at each named point, is started
// again, and ends again: every event takes effect once, in order.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "libs/events/crash_point.h"
#include "libs/events/test_world.h"

namespace pathways::events {
namespace {

using testing::WaitFor;

constexpr int kKilled = 137;
constexpr int kEvents = 40;

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

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

// Its exit status; -1 when it did not end by itself.
int RunChild(World& world, const std::string& crash_at) {
  const std::vector<std::string> variables = {
      "CRASH_TEST_TOPIC=" + world.topic(), "CRASH_TEST_DATABASE=" + world.database().app_uri(),
      "CRASH_TEST_KAFKA=" + world.kafka().bootstrap_servers, "CRASH_AT=" + crash_at};
  std::vector<char*> environment;
  for (const std::string& variable : variables) {
    if (variable != "CRASH_AT=") environment.push_back(const_cast<char*>(variable.c_str()));
  }
  environment.push_back(nullptr);
  std::vector<std::string> command = {"/proc/self/exe", "--gtest_also_run_disabled_tests",
                                      "--gtest_brief=1",
                                      "--gtest_filter=CrashChild.DISABLED_RelaysAndReacts"};
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments.data(),
                  environment.data()) != 0)
    return -1;
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
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
