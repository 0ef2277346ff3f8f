#include "libs/storage/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "libs/storage/pool.h"
#include "libs/storage/session.h"
#include "libs/testing/postgres.h"
#include "libs/testing/wait.h"

namespace pathways::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class MigrationsTest : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(directory_); }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(directory_ / name) << text;
  }

  absl::StatusOr<Migrated> Run(std::chrono::milliseconds lock_timeout = 2s,
                               int attempts = 5) const {
    return Migrate({.owner_uri = database_.owner_uri(),
                    .lock_timeout = lock_timeout,
                    .lock_attempts = attempts},
                   {{"test", directory_}}, Deadline::After(20s));
  }

  std::int64_t Number(Sql sql) const {
    auto session = *Session::Open(database_.admin_uri());
    const auto rows = session.Query(Deadline::After(5s), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows->front().Get<std::int64_t>(0);
  }

  testing::TestDatabase database_;
  const std::filesystem::path directory_ =
      std::filesystem::path(::testing::TempDir()) /
      ("migrate-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

TEST_F(MigrationsTest, AreAppliedOnceAndInOrder) {
  Write("0001_table.sql", "create table thing (id integer)");
  Write("0002_rows.sql", "insert into thing values (1); insert into thing values (2)");
  EXPECT_THAT(Run()->applied, ElementsAre("test/0001_table", "test/0002_rows"));
  EXPECT_THAT(Run()->applied, IsEmpty());
  Write("0003_more.sql", "insert into thing values (3)");
  EXPECT_THAT(Run()->applied, ElementsAre("test/0003_more"));
  EXPECT_EQ(Number("select count(*) from thing"), 3);
  EXPECT_EQ(Number("select count(*) from applied_migration where set_name = 'test' and "
                   "length(checksum) = 64"),
            3);
}

TEST_F(MigrationsTest, RefuseAFileThatWasChangedAndApplyNothing) {
  Write("0001_table.sql", "create table thing (id integer)");
  ASSERT_TRUE(Run().ok());
  Write("0001_table.sql", "create table thing (id bigint)");
  Write("0002_rows.sql", "insert into thing values (1)");
  const auto status = Run().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("test/0001_table was changed"));
  EXPECT_EQ(Number("select count(*) from thing"), 0);
}

TEST_F(MigrationsTest, KeepNothingOfOneThatFails) {
  Write("0001_bad.sql", "create table thing (id integer); select 1 / 0");
  const auto status = Run().status();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr("test/0001_bad"));
  EXPECT_EQ(Number("select count(*) from pg_class where relname = 'thing'"), 0);
  Write("0001_bad.sql", "create table thing (id integer)");
  EXPECT_TRUE(Run().ok());
}

TEST_F(MigrationsTest, AreNoErrorWhenNewerOnesRanAlready) {
  Write("0001_table.sql", "create table thing (id integer)");
  Write("0002_rows.sql", "insert into thing values (1)");
  ASSERT_TRUE(Run().ok());
  std::filesystem::remove(directory_ / "0002_rows.sql");
  EXPECT_TRUE(Run().ok());
}

TEST_F(MigrationsTest, StartedAtOnceAreAppliedOnce) {
  constexpr int kStarters = 6;
  Write("0001_table.sql", "create table thing (id integer); select pg_sleep(0.2)");
  Write("0002_rows.sql", "insert into thing values (1)");
  std::vector<absl::StatusOr<Migrated>> results(kStarters, absl::UnknownError("did not run"));
  std::vector<std::thread> threads;
  for (auto& result : results) threads.emplace_back([&] { result = Run(); });
  for (std::thread& thread : threads) thread.join();
  std::size_t applied = 0;
  for (const auto& result : results) {
    ASSERT_TRUE(result.ok()) << result.status();
    applied += result->applied.size();
  }
  EXPECT_EQ(applied, 2U);
  EXPECT_EQ(Number("select count(*) from thing"), 1);
}

TEST_F(MigrationsTest, MayBuildAnIndexWhileOthersWait) {
  Write("0001_table.sql",
        "create table thing (id integer); insert into thing select generate_series(1, 100000)");
  Write("0002_index.sql",
        "-- pathways: no-transaction\ncreate index concurrently if not exists thing_id on thing "
        "(id)");
  std::vector<absl::Status> statuses(3);
  std::vector<std::thread> threads;
  for (auto& status : statuses) threads.emplace_back([&] { status = Run().status(); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& status : statuses) EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(
      Number(
          "select count(*) from pg_index where indexrelid = 'thing_id'::regclass and indisvalid"),
      1);
}

TEST_F(MigrationsTest, ReplaceAnIndexThatAnInterruptedOneLeftBroken) {
  Write("0001_table.sql", "create table thing (id integer); insert into thing values (1), (1)");
  Write("0002_index.sql",
        "-- pathways: no-transaction\ncreate unique index concurrently if not exists thing_id on "
        "thing (id)");
  ASSERT_FALSE(Run().ok());
  ASSERT_EQ(Number("select count(*) from pg_index where indexrelid = 'thing_id'::regclass and not "
                   "indisvalid"),
            1);
  database_.RunScript("delete from thing where ctid = '(0,1)'");
  const auto migrated = Run();
  ASSERT_TRUE(migrated.ok()) << migrated.status();
  EXPECT_EQ(
      Number(
          "select count(*) from pg_index where indexrelid = 'thing_id'::regclass and indisvalid"),
      1);
}

TEST_F(MigrationsTest, GiveWayToTrafficAndAreTriedAgain) {
  Write("0001_table.sql", "create table thing (id integer)");
  ASSERT_TRUE(Run().ok());
  Write("0002_column.sql", "alter table thing add column name text");
  auto pool = *Pool::Open({.uri = database_.app_uri(), .size = 1});
  auto reader = *pool->Begin(RowScope::System("test"), Deadline::After(20s));
  ASSERT_TRUE(reader.Query("select * from thing").ok());
  EXPECT_EQ(Run(20ms, 2).status().code(), absl::StatusCode::kAborted);
  std::thread ends([&] {
    EXPECT_TRUE(testing::WaitFor([&] {
      return Number(
                 "select count(*) from pg_stat_activity where application_name = "
                 "'pathways-migrator'"
                 " and wait_event_type = 'Lock'") > 0;
    }));
    reader.Rollback();
  });
  const auto migrated = Run(100ms, 100);
  ends.join();
  EXPECT_TRUE(migrated.ok()) << migrated.status();
}

TEST_F(MigrationsTest, SeeTheRowsOfProtectedTables) {
  Write("0001_table.sql",
        "create table pupil (urn integer, la_code integer); select app.protect('pupil');"
        "insert into pupil values (101, 1)");
  Write("0002_change.sql", "update pupil set la_code = 2");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(Number("select count(*) from pupil where la_code = 2"), 1);
}

TEST_F(MigrationsTest, OfSeveralSetsAreNumberedApart) {
  Write("0001_table.sql", "create table thing (id integer)");
  const auto other = directory_ / "other";
  std::filesystem::create_directories(other);
  std::ofstream(other / "0001_other.sql") << "alter table thing add column other integer";
  const auto migrated = Migrate({.owner_uri = database_.owner_uri()},
                                {{"test", directory_}, {"other", other}}, Deadline::After(20s));
  ASSERT_TRUE(migrated.ok()) << migrated.status();
  EXPECT_THAT(migrated->applied, ElementsAre("test/0001_table", "other/0001_other"));
}

TEST_F(MigrationsTest, GiveTheServiceItsRightsAndNoMore) {
  Write("0001_table.sql", "create schema mine; create table mine.thing (id serial)");
  ASSERT_TRUE(Run().ok());
  auto app = *Session::Open(database_.app_uri());
  const auto deadline = Deadline::After(10s);
  EXPECT_TRUE(
      app.RunScript(deadline, "insert into mine.thing default values; delete from mine.thing")
          .ok());
  for (const char* forbidden :
       {"drop table mine.thing", "truncate mine.thing", "create table public.x ()",
        "create table mine.x ()", "create schema x",
        "alter table mine.thing disable row level security", "delete from applied_migration",
        "insert into app.retention values ('mine.thing', '1 day')",
        "select app.keep_partitions('mine.thing', '1 day')", "create role x",
        "set role postgres"}) {
    EXPECT_EQ(app.RunScript(deadline, forbidden).code(), absl::StatusCode::kPermissionDenied)
        << forbidden;
  }
}

}  // namespace
}  // namespace pathways::storage
