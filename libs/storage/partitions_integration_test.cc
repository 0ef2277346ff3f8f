// app.ensure_partitions and app.drop_partitions_before, as the running service calls them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "libs/storage/pool.h"
#include "libs/storage/session.h"
#include "libs/testing/postgres.h"

namespace pathways::storage {
namespace {

using education::Day;
using ::testing::ElementsAre;
using namespace std::chrono_literals;

constexpr Sql kEnsure = "select app.ensure_partitions('entry', $1::date, $2::integer) as created";
constexpr Sql kDrop = "select app.drop_partitions_before('entry', $1::date) as dropped";
constexpr Sql kInsert = "insert into entry (happened_at, urn, la_code) values ($1::date, 101, 1)";
constexpr Sql kPartitions =
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'entry'::regclass "
    "order by 1";

class PartitionsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto owner = *Session::Open(database_.owner_uri());
    const auto status = owner.RunScript(Deadline::After(10s), R"(
      create table entry (
        id bigint generated always as identity,
        happened_at timestamptz not null,
        urn integer,
        la_code integer,
        constraint entry_pk primary key (happened_at, id)
      ) partition by range (happened_at);
      create index entry_urn on entry (urn);
      select app.protect('entry');
      select app.keep_partitions('entry', '6 years'))");
    ASSERT_TRUE(status.ok()) << status;
    pool_ = *Pool::Open({.uri = database_.app_uri(), .size = 2});
  }

  template <typename... Params>
  absl::StatusOr<std::int32_t> Call(Sql sql, const Params&... params) {
    auto transaction = pool_->Begin(RowScope::System("test"), Deadline::After(10s));
    const auto row = transaction->QueryOne(sql, params...);
    if (!row.ok()) return row.status();
    if (auto status = transaction->Commit(); !status.ok()) return status;
    return row->template Get<std::int32_t>(0);
  }

  absl::Status Insert(Day day) {
    auto transaction = pool_->Begin(RowScope::System("test"), Deadline::After(10s));
    if (auto done = transaction->Execute(kInsert, day); !done.ok()) return done.status();
    return transaction->Commit();
  }

  std::vector<std::string> Partitions() {
    auto session = *Session::Open(database_.admin_uri());
    const auto rows = session.Query(Deadline::After(5s), kPartitions);
    std::vector<std::string> names;
    for (const Row& row : *rows) names.push_back(row.Get<std::string>("name"));
    return names;
  }

  testing::TestDatabase database_;
  std::unique_ptr<Pool> pool_;
};

TEST_F(PartitionsTest, AreMadeByTheServiceAndOnlyWhereMissing) {
  EXPECT_EQ(*Call(kEnsure, Day(2026y / 11 / 30), 3), 3);
  EXPECT_EQ(*Call(kEnsure, Day(2026y / 12 / 1), 3), 1);
  EXPECT_THAT(Partitions(),
              ElementsAre("entry_202611", "entry_202612", "entry_202701", "entry_202702"));
  EXPECT_TRUE(Insert(Day(2026y / 12 / 31)).ok());
  EXPECT_FALSE(Insert(Day(2027y / 3 / 1)).ok());
}

TEST_F(PartitionsTest, CannotBeReachedAroundThePolicyOfTheirParent) {
  ASSERT_TRUE(Call(kEnsure, Day(2026y / 11 / 1), 1).ok());
  ASSERT_TRUE(Insert(Day(2026y / 11 / 5)).ok());
  auto app = *Session::Open(database_.app_uri());
  EXPECT_EQ(app.RunScript(Deadline::After(5s), "select * from entry_202611").code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(app.Query(Deadline::After(5s), "select * from entry")->empty());
}

TEST_F(PartitionsTest, AreDroppedOnceTheirTimeIsPast) {
  ASSERT_TRUE(Call(kEnsure, Day(2010y / 1 / 1), 3).ok());
  ASSERT_TRUE(Insert(Day(2010y / 2 / 1)).ok());
  EXPECT_EQ(*Call(kDrop, Day(2010y / 2 / 28)), 1);
  EXPECT_THAT(Partitions(), ElementsAre("entry_201002", "entry_201003"));
  EXPECT_EQ(*Call(kDrop, Day(2010y / 3 / 1)), 1);
  EXPECT_THAT(Partitions(), ElementsAre("entry_201003"));
}

TEST_F(PartitionsTest, AreKeptAsLongAsTheyMustBe) {
  const Day today = Day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  ASSERT_TRUE(Call(kEnsure, today - 5 * 365, 1).ok());
  EXPECT_EQ(Call(kDrop, today).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Partitions().size(), 1U);
}

TEST_F(PartitionsTest, OfTablesNobodyGaveATimeAreNeverDropped) {
  auto owner = *Session::Open(database_.owner_uri());
  ASSERT_TRUE(owner.RunScript(Deadline::After(5s), "delete from app.retention").ok());
  EXPECT_EQ(Call(kDrop, Day(1990y / 1 / 1)).status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace pathways::storage
