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

TEST(TestDatabase, IsGoneAfterwards) {
  std::string name;
  {
    const TestDatabase database;
    name = database.name();
    ASSERT_TRUE(storage::Session::Open(database.app_uri()).ok());
  }
  auto session = *storage::Session::Open(SharedPostgres());
  const auto left = session.Query(
      Soon(), "select count(*) as databases from pg_database where datname = $1", name);
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_EQ(left->front().Get<std::int64_t>("databases"), 0);
}

TEST(TestDatabase, HoldsNothingOfAnotherAndTheRightsOfProduction) {
  const TestDatabase first;
  first.RunScript("create table thing (id integer)");
  const TestDatabase second;
  auto session = *storage::Session::Open(second.app_uri());
  const auto rights =
      session.Query(Soon(),
                    "select to_regclass('thing') is null as empty, "
                    "has_database_privilege('public', current_database(), 'connect') as anybody, "
                    "has_database_privilege(current_database(), 'temporary') as temporary_tables");
  ASSERT_TRUE(rights.ok()) << rights.status();
  EXPECT_TRUE(rights->front().Get<bool>("empty"));
  EXPECT_FALSE(rights->front().Get<bool>("anybody"));
  EXPECT_TRUE(rights->front().Get<bool>("temporary_tables"));
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
