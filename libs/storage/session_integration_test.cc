#include "libs/storage/session.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "libs/storage/provision.h"
#include "libs/testing/postgres.h"
#include "libs/testing/wait.h"

namespace pathways::storage {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kKey = 4711;

Deadline Soon() { return Deadline::After(5s); }

TEST(Session, LendsALockToOneAtATime) {
  const testing::TestDatabase database;
  auto first = std::make_optional(*Session::Open(database.app_uri()));
  auto second = *Session::Open(database.app_uri());
  EXPECT_TRUE(*first->TryLock(Soon(), kKey));
  EXPECT_FALSE(*second.TryLock(Soon(), kKey));
  EXPECT_TRUE(first->Ping(Soon()).ok());
  EXPECT_TRUE(first->Unlock(Soon(), kKey).ok());
  EXPECT_TRUE(*second.TryLock(Soon(), kKey));
  EXPECT_FALSE(first->Unlock(Soon(), kKey).ok());
}

TEST(Session, GivesItsLockBackWhenItEnds) {
  const testing::TestDatabase database;
  auto first = std::make_optional(*Session::Open(database.app_uri()));
  auto second = *Session::Open(database.app_uri());
  ASSERT_TRUE(*first->TryLock(Soon(), kKey));
  first.reset();
  EXPECT_TRUE(testing::WaitFor([&] { return *second.TryLock(Soon(), kKey); }));
}

TEST(Session, KnowsThatItsConnectionIsLostAndStaysLost) {
  const testing::TestDatabase database;
  auto session = *Session::Open(database.app_uri());
  ASSERT_TRUE(*session.TryLock(Soon(), kKey));
  database.TerminateBackends();
  EXPECT_EQ(session.Ping(Soon()).code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(session.TryLock(Soon(), kKey).status().code(), absl::StatusCode::kUnavailable)
      << "a new connection would not hold the lock";
}

TEST(Session, EndsWhenItsServerDoesNotAnswerInTime) {
  const testing::TestDatabase database;
  auto session = *Session::Open(database.app_uri());
  EXPECT_EQ(session.RunScript(Deadline::After(200ms), "select pg_sleep(30)").code(),
            absl::StatusCode::kDeadlineExceeded);
}

TEST(Provision, MayBeRunAgainAndChangesPasswords) {
  const testing::TestDatabase database;
  const ServiceDatabase again = {database.name(), "a'b\\c owner", "new app"};
  ASSERT_TRUE(Provision(testing::SharedPostgres(), again, Deadline::After(20s)).ok());
  EXPECT_FALSE(Session::Open(database.app_uri()).ok());
  const auto owner = UriFor(testing::SharedPostgres(), database.name(), database.name() + "_owner",
                            again.owner_password);
  EXPECT_TRUE(Session::Open(*owner).ok());
}

TEST(Provision, KeepsServicesOutOfEachOthersDatabases) {
  const testing::TestDatabase mine;
  const testing::TestDatabase other;
  EXPECT_FALSE(Session::Open(*WithDatabase(mine.app_uri(), other.name())).ok());
}

TEST(Provision, RefusesNamesThatNeedQuoting) {
  for (const char* name : {"", "a b", "A", "1a", "a\"b", "a;drop", "_a"}) {
    EXPECT_EQ(Provision(testing::SharedPostgres(), {name, "x", "x"}, Deadline::After(5s)).code(),
              absl::StatusCode::kInvalidArgument)
        << name;
  }
}

}  // namespace
}  // namespace pathways::storage
