#include "libs/storage/pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "libs/storage/errors.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/postgres.h"
#include "libs/testing/wait.h"

namespace pathways::storage {
namespace {

using namespace std::chrono_literals;

constexpr Sql kBackend = "select pg_backend_pid() as pid";
constexpr Sql kInsert = "insert into thing (id) values ($1)";
constexpr Sql kSleep = "select pg_sleep($1::double precision)";

struct CountingObserver : PoolObserver {
  void OnWait(std::chrono::nanoseconds) override { ++waits; }
  void OnExhausted() override { ++exhausted; }
  void OnConnect() override { ++connects; }
  void OnLost() override { ++lost; }

  std::atomic<int> waits = 0;
  std::atomic<int> exhausted = 0;
  std::atomic<int> connects = 0;
  std::atomic<int> lost = 0;
};

// A server of its own, to be stopped.
testing::TestServer& Server() {
  static testing::TestServer server;
  return server;
}

class PoolTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database_.RunScript("create table thing (id integer constraint thing_pk primary key)");
    database_.RunScript("grant select, insert on thing to public");
  }

  std::unique_ptr<Pool> Open(int size, std::chrono::milliseconds max_wait = 200ms) {
    return *Pool::Open(
        {.uri = database_.app_uri(), .size = size, .max_wait = max_wait, .observer = &observer_});
  }

  static absl::StatusOr<Transaction> Begin(Pool& pool, std::chrono::milliseconds time = 10s) {
    return pool.Begin(RowScope::System("test"), Deadline::After(time));
  }

  static absl::StatusOr<int> Backend(Pool& pool) {
    auto transaction = Begin(pool);
    if (!transaction.ok()) return transaction.status();
    const auto row = transaction->QueryOne(kBackend);
    if (!row.ok()) return row.status();
    return row->Get<std::int32_t>("pid");
  }

  std::int64_t Things() {
    auto session = *Session::Open(database_.admin_uri());
    return session.Query(Deadline::After(5s), "select count(*) from thing")
        ->front()
        .Get<std::int64_t>(0);
  }

  testing::TestDatabase database_{Server(), {LibraryMigrations("storage")}};
  CountingObserver observer_;
};

TEST_F(PoolTest, ReusesItsConnections) {
  auto pool = Open(4);
  std::set<int> backends;
  for (int i = 0; i < 20; ++i) backends.insert(*Backend(*pool));
  EXPECT_EQ(backends.size(), 1U);
  EXPECT_EQ(observer_.connects, 1);
  EXPECT_EQ(observer_.waits, 20);
}

TEST_F(PoolTest, RefusesWhenNoneBecomesFreeInTime) {
  auto pool = Open(2, 50ms);
  auto first = Begin(*pool);
  auto second = Begin(*pool);
  const auto status = Begin(*pool).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(IsRetryable(status));
  EXPECT_EQ(observer_.exhausted, 1);
  first->Rollback();
  EXPECT_TRUE(Begin(*pool).ok());
}

TEST_F(PoolTest, HandsAConnectionToWhoeverWaits) {
  auto pool = Open(1, 10s);
  auto held = std::make_optional(*Begin(*pool));
  std::atomic<bool> done = false;
  std::thread waiting([&] { done = Begin(*pool).ok(); });
  EXPECT_FALSE(done);
  held.reset();
  waiting.join();
  EXPECT_TRUE(done);
}

TEST_F(PoolTest, ServesManyThreadsWithFewConnections) {
  constexpr int kThreads = 12;
  constexpr int kEach = 40;
  auto pool = Open(3, 30s);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&pool, thread] {
      for (int i = 0; i < kEach; ++i) {
        const auto status = RunInTransaction(
            *pool, RowScope::System("test"), Deadline::After(30s), [&](Transaction& transaction) {
              return transaction.Execute(kInsert, thread * kEach + i).status();
            });
        EXPECT_TRUE(status.ok()) << status;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Things(), kThreads * kEach);
  EXPECT_LE(observer_.connects, 3);
  EXPECT_EQ(pool->in_use(), 0);
}

TEST_F(PoolTest, RefusesADeadlineThatHasPassed) {
  auto pool = Open(1);
  EXPECT_EQ(Begin(*pool, 0ms).status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(PoolTest, RefusesOptionsItCannotUse) {
  EXPECT_FALSE(Pool::Open({.uri = database_.app_uri(), .size = 0}).ok());
  const auto status = Pool::Open({.uri = "postgresql://user:secret@[broken"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message().find("secret"), absl::string_view::npos);
}

TEST_F(PoolTest, LosesATransactionWithItsConnectionAndRecovers) {
  auto pool = Open(2);
  auto transaction = Begin(*pool);
  ASSERT_TRUE(transaction->Execute(kInsert, 1).ok());
  database_.TerminateBackends();
  const auto status = transaction->Execute(kInsert, 2).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_TRUE(IsRetryable(status));
  transaction->Rollback();
  EXPECT_EQ(observer_.lost, 1);
  EXPECT_EQ(Things(), 0);
  EXPECT_TRUE(Backend(*pool).ok());
}

TEST_F(PoolTest, ReplacesIdleConnectionsThatDiedUnnoticed) {
  auto pool = Open(3);
  {
    auto a = Begin(*pool);
    auto b = Begin(*pool);
    auto c = Begin(*pool);
    ASSERT_TRUE(a.ok() && b.ok() && c.ok());
  }
  database_.TerminateBackends();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(Backend(*pool).ok());
  EXPECT_EQ(observer_.connects, 4) << "one new connection serves them all";
}

TEST_F(PoolTest, ACommitWhoseAnswerIsLostIsInDoubt) {
  auto pool = Open(2);
  auto transaction = Begin(*pool);
  ASSERT_TRUE(transaction->Execute(kInsert, 1).ok());
  database_.TerminateBackends();
  bool called = false;
  transaction->AfterCommit([&] { called = true; });
  const auto status = transaction->Commit();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(IsInDoubt(status));
  EXPECT_FALSE(IsRetryable(status));
  EXPECT_FALSE(called);
  EXPECT_EQ(Things(), 0) << "this time it had not happened";
}

TEST_F(PoolTest, ARetryAfterALostConnectionSucceeds) {
  auto pool = Open(2);
  int tries = 0;
  const auto status = RunInTransaction(*pool, RowScope::System("test"), Deadline::After(10s),
                                       [&](Transaction& transaction) {
                                         if (++tries == 1) database_.TerminateBackends();
                                         return transaction.Execute(kInsert, 1).status();
                                       });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(tries, 2);
  EXPECT_EQ(Things(), 1);
}

TEST_F(PoolTest, RecoversWhenTheServerIsBack) {
  auto pool = Open(2);
  ASSERT_TRUE(Backend(*pool).ok());
  Server().Stop(testing::TestServer::StopMode::kImmediate);
  const auto start = std::chrono::steady_clock::now();
  const auto status = Begin(*pool).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_EQ(pool->Ping(Deadline::After(1s)).code(), absl::StatusCode::kUnavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
  EXPECT_EQ(pool->in_use(), 0);
  Server().Start();
  EXPECT_TRUE(testing::WaitFor([&] { return pool->Ping(Deadline::After(1s)).ok(); }));
  EXPECT_TRUE(Backend(*pool).ok());
}

TEST_F(PoolTest, CutsAServerThatDoesNotAnswer) {
  auto pool = Open(2);
  auto transaction = Begin(*pool, 500ms);
  ASSERT_TRUE(transaction.ok());
  Server().Pause();
  const auto start = std::chrono::steady_clock::now();
  const auto status = transaction->Query(kSleep, 0.0).status();
  const auto took = std::chrono::steady_clock::now() - start;
  transaction->Rollback();
  Server().Resume();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_LT(took, 1500ms);
  EXPECT_EQ(pool->in_use(), 0);
  EXPECT_TRUE(testing::WaitFor([&] { return pool->Ping(Deadline::After(1s)).ok(); }));
}

TEST_F(PoolTest, TwoPoolsOfOneDatabaseAreApart) {
  auto one = Open(1, 20ms);
  auto two = Open(1, 20ms);
  auto held = Begin(*one);
  EXPECT_FALSE(Begin(*one).ok());
  EXPECT_TRUE(Begin(*two).ok());
  EXPECT_NE(*Backend(*two), held->QueryOne(kBackend)->Get<std::int32_t>("pid"));
}

}  // namespace
}  // namespace pathways::storage
