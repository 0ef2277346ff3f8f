#include <gtest/gtest.h>

#include <memory>

#include "libs/storage/session.h"
#include "libs/testing/kafka.h"
#include "libs/testing/postgres.h"

namespace pathways::testing {
namespace {

using namespace std::chrono_literals;

storage::Deadline Soon() { return storage::Deadline::After(10s); }

TEST(TestServer, KeepsWhatWasCommittedThroughACrash) {
  TestServer server;
  {
    auto session = *storage::Session::Open(server.admin_uri());
    ASSERT_TRUE(
        session.RunScript(Soon(), "create table thing (id integer); insert into thing values (7)")
            .ok());
  }
  server.Stop(TestServer::StopMode::kImmediate);
  EXPECT_FALSE(storage::Session::Open(server.admin_uri()).ok());
  server.Start();
  auto session = *storage::Session::Open(server.admin_uri());
  EXPECT_EQ(session.Query(Soon(), "select id from thing")->front().Get<std::int32_t>("id"), 7);
}

TEST(TestDatabase, IsGoneWithItsLoginsAfterwards) {
  std::string name;
  {
    const TestDatabase database;
    name = database.name();
    ASSERT_TRUE(storage::Session::Open(database.app_uri()).ok());
  }
  auto session = *storage::Session::Open(SharedPostgres());
  const auto left =
      session.Query(Soon(),
                    "select (select count(*) from pg_database where datname = $1)"
                    " + (select count(*) from pg_roles where starts_with(rolname, $1)) as things",
                    name);
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_EQ(left->front().Get<std::int64_t>("things"), 0);
}

TEST(TestBroker, StartsAgainAfterItWasKilled) {
  TestBroker broker;
  const std::string servers = broker.bootstrap_servers();
  broker.Stop(TestBroker::StopMode::kKill);
  broker.Start();
  EXPECT_EQ(broker.bootstrap_servers(), servers);
  broker.Stop(TestBroker::StopMode::kOrderly);
}

TEST(UniqueTopic, IsNeverTheSameTwice) {
  EXPECT_NE(UniqueTopic("a"), UniqueTopic("a"));
  EXPECT_EQ(UniqueTopic("a").rfind("a.", 0), 0U);
}

}  // namespace
}  // namespace pathways::testing
