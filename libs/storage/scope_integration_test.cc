#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "libs/storage/pool.h"
#include "libs/storage/row_scope.h"
#include "libs/storage/session.h"
#include "libs/testing/postgres.h"

namespace pathways::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr Sql kVisible = "select urn from pupil order by urn";
constexpr Sql kWhoAmI =
    "select app.person() as person, app.role() as role, app.everything() as everything,"
    " coalesce(app.authorities()::text, 'null') as authorities, app.trace_id() as trace_id";

RowScope Authority(std::int32_t la_code) {
  RowScope scope;
  scope.person = "person-1";
  scope.authorities = {la_code};
  return scope;
}

RowScope School(std::int32_t urn) {
  RowScope scope;
  scope.person = "person-2";
  scope.schools = {urn};
  return scope;
}

// Two authorities with two schools each, one pupil a school. A pool of one connection, so that each
// transaction uses what the one before has left.
class ScopeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto owner = *Session::Open(database_.owner_uri());
    const auto status = owner.RunScript(Deadline::After(10s), R"(
      create table pupil (urn integer, la_code integer not null);
      select app.protect('pupil');
      create table log (urn integer, la_code integer not null);
      select app.protect('log', append_only => true);
      begin;
      select set_config('app.everything', 't', true);
      insert into pupil values (101, 1), (102, 1), (201, 2), (202, 2);
      commit)");
    ASSERT_TRUE(status.ok()) << status;
    pool_ = *Pool::Open({.uri = database_.app_uri(), .size = 1});
  }

  Transaction Begin(const RowScope& scope) { return *pool_->Begin(scope, Deadline::After(10s)); }

  std::vector<int> Visible(const RowScope& scope) {
    auto transaction = Begin(scope);
    const auto rows = transaction.Query(kVisible);
    EXPECT_TRUE(rows.ok()) << rows.status();
    std::vector<int> urns;
    for (const Row& row : *rows) urns.push_back(row.Get<std::int32_t>("urn"));
    EXPECT_TRUE(transaction.Commit().ok());
    return urns;
  }

  testing::TestDatabase database_;
  std::unique_ptr<Pool> pool_;
};

TEST_F(ScopeTest, ShowsWhatIsInItAndNothingElse) {
  EXPECT_THAT(Visible(Authority(1)), ElementsAre(101, 102));
  EXPECT_THAT(Visible(School(201)), ElementsAre(201));
  EXPECT_THAT(Visible(RowScope::System("relay")), ElementsAre(101, 102, 201, 202));
  RowScope both = Authority(1);
  both.schools = {202, 999};
  EXPECT_THAT(Visible(both), ElementsAre(101, 102, 202));
}

TEST_F(ScopeTest, ShowsNothingWhenItIsEmpty) { EXPECT_THAT(Visible(RowScope()), IsEmpty()); }

TEST_F(ScopeTest, ShowsNothingToAConnectionThatWasNeverBound) {
  auto bare = *Session::Open(database_.app_uri());
  EXPECT_TRUE(bare.Query(Deadline::After(5s), kVisible)->empty());
  auto owner = *Session::Open(database_.owner_uri());
  EXPECT_TRUE(owner.Query(Deadline::After(5s), kVisible)->empty()) << "the owner is bound, too";
}

TEST_F(ScopeTest, LeavesNothingBehindForTheNextUserOfTheConnection) {
  EXPECT_THAT(Visible(RowScope::System("relay")), ElementsAre(101, 102, 201, 202));
  EXPECT_THAT(Visible(RowScope()), IsEmpty());
  { auto rolled_back = Begin(Authority(2)); }
  EXPECT_THAT(Visible(School(101)), ElementsAre(101));
  {
    auto failed = Begin(Authority(2));
    ASSERT_FALSE(failed.Query("select 1 / 0").ok());
  }
  EXPECT_THAT(Visible(RowScope()), IsEmpty());
}

TEST_F(ScopeTest, HoldsForWhatIsWritten) {
  {
    auto transaction = Begin(School(101));
    const auto status =
        transaction.Execute("insert into pupil (urn, la_code) values (201, 2)").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
  }
  {
    auto transaction = Begin(School(101));
    EXPECT_EQ(*transaction.Execute("update pupil set la_code = la_code where urn = 201"), 0);
    EXPECT_EQ(*transaction.Execute("delete from pupil where urn = 202"), 0);
    EXPECT_EQ(transaction.Execute("update pupil set urn = 201, la_code = 2 where urn = 101")
                  .status()
                  .code(),
              absl::StatusCode::kPermissionDenied);
  }
  EXPECT_THAT(Visible(RowScope::System("test")), ElementsAre(101, 102, 201, 202));
}

TEST_F(ScopeTest, TextIsNeverReadAsSql) {
  RowScope scope;
  scope.person = "x',true), set_config('app.everything','t";
  scope.role = "\\'; drop table pupil; --";
  scope.trace_id = "00-\"";
  auto transaction = Begin(scope);
  const auto row = transaction.QueryOne(kWhoAmI);
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->Get<std::string>("person"), scope.person);
  EXPECT_EQ(row->Get<std::string>("role"), scope.role);
  EXPECT_EQ(row->Get<std::string>("trace_id"), scope.trace_id);
  EXPECT_FALSE(row->Get<bool>("everything"));
  EXPECT_EQ(row->Get<std::string>("authorities"), "{}");
}

TEST_F(ScopeTest, RefusesTextWithAZeroOctet) {
  RowScope scope;
  scope.person = std::string("a\0b", 3);
  EXPECT_EQ(pool_->Begin(scope, Deadline::After(5s)).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(pool_->in_use(), 0);
  EXPECT_THAT(Visible(School(101)), ElementsAre(101));
}

TEST_F(ScopeTest, AppendOnlyTablesCannotBeRewritten) {
  {
    auto transaction = Begin(School(101));
    EXPECT_EQ(*transaction.Execute("insert into log (urn, la_code) values (101, 1)"), 1);
    ASSERT_TRUE(transaction.Commit().ok());
  }
  for (const Sql sql :
       {Sql("update log set urn = 1"), Sql("delete from log"), Sql("truncate log")}) {
    auto transaction = Begin(RowScope::System("test"));
    EXPECT_EQ(transaction.Execute(sql).status().code(), absl::StatusCode::kPermissionDenied);
  }
}

TEST_F(ScopeTest, IsReadOnceAStatementAndNotOnceARow) {
  auto transaction = Begin(Authority(1));
  const auto plan = transaction.Query("explain select * from pupil");
  ASSERT_TRUE(plan.ok());
  int once = 0;
  for (const Row& row : *plan) {
    once += row.Get<std::string_view>(0).find("InitPlan") != std::string_view::npos ? 1 : 0;
  }
  EXPECT_EQ(once, 3);
}

}  // namespace
}  // namespace pathways::storage
