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

// A database made by Provision; dropped with its logins at the end of its life.
class Provisioned {
 public:
  explicit Provisioned(std::string name) : name_(std::move(name)) {
    EXPECT_TRUE(Again("owner", "app").ok());
  }
  ~Provisioned() {
    auto session = *Session::Open(testing::SharedPostgres());
    EXPECT_TRUE(session.RunScript(Soon(), "drop database " + name_).ok());
    EXPECT_TRUE(session.RunScript(Soon(), "drop role " + name_ + "_app, " + name_ + "_owner").ok());
  }
  Provisioned(const Provisioned&) = delete;
  Provisioned& operator=(const Provisioned&) = delete;

  const std::string& name() const { return name_; }

  absl::Status Again(const std::string& owner_password, const std::string& app_password) const {
    return Provision(testing::SharedPostgres(), {name_, owner_password, app_password},
                     Deadline::After(20s));
  }

  bool Opens(const std::string& database, const std::string& user,
             const std::string& password) const {
    return Session::Open(*UriFor(testing::SharedPostgres(), database, name_ + user, password)).ok();
  }

 private:
  std::string name_;
};

TEST(Provision, MayBeRunAgainAndChangesPasswords) {
  const Provisioned database("provision_again");
  ASSERT_TRUE(database.Opens(database.name(), "_app", "app"));
  ASSERT_TRUE(database.Again("a'b\\c owner", "new app").ok());
  EXPECT_FALSE(database.Opens(database.name(), "_app", "app"));
  EXPECT_TRUE(database.Opens(database.name(), "_owner", "a'b\\c owner"));
}

TEST(Provision, KeepsServicesOutOfEachOthersDatabases) {
  const Provisioned mine("provision_mine");
  const Provisioned other("provision_other");
  EXPECT_TRUE(mine.Opens(mine.name(), "_app", "app"));
  EXPECT_FALSE(mine.Opens(other.name(), "_app", "app"));
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
