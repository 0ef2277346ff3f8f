#include "libs/storage/transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "libs/storage/errors.h"
#include "libs/storage/pool.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"

namespace pathways::storage {
namespace {

using education::Day;
using education::Instant;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

constexpr Sql kInsert = "insert into thing (id, name) values ($1, $2)";
constexpr Sql kName = "select name from thing where id = $1";
constexpr Sql kCount = "select count(*)::integer as things from thing";
constexpr Sql kSleep = "select pg_sleep($1::double precision)";

class TransactionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database_.RunScript(
        "create table thing ("
        " id integer constraint thing_pk primary key constraint thing_id_positive check (id > 0),"
        " name text not null,"
        " parent integer constraint thing_parent_fk references thing)");
    database_.RunScript("grant select, insert, update, delete on thing to public");
    pool_ = *Pool::Open({.uri = database_.app_uri(), .size = 4});
  }

  Transaction Begin(std::chrono::milliseconds time = 10s, TransactionOptions options = {}) {
    return *pool_->Begin(RowScope::System("test"), Deadline::After(time), options);
  }

  int Things() { return Begin().QueryOne(kCount)->Get<std::int32_t>("things"); }

  testing::TestDatabase database_;
  std::unique_ptr<Pool> pool_;
};

TEST_F(TransactionTest, KeepsWhatIsCommittedOnly) {
  {
    auto transaction = Begin();
    EXPECT_EQ(*transaction.Execute(kInsert, 1, "kept"), 1);
    EXPECT_TRUE(transaction.Commit().ok());
    EXPECT_FALSE(transaction.is_open());
  }
  {
    auto transaction = Begin();
    ASSERT_TRUE(transaction.Execute(kInsert, 2, "dropped").ok());
  }
  EXPECT_EQ(Things(), 1);
  EXPECT_EQ(pool_->in_use(), 0);
}

TEST_F(TransactionTest, CarriesEveryTypeThereAndBack) {
  constexpr Sql kEcho =
      "select $1::boolean as flag, $2::bigint as number, $3::text as text, $4::bytea as octets, "
      "$5::date as day,"
      " $6::timestamptz as instant, $7::uuid as id, $8::double precision as real, $9::integer as "
      "nothing,"
      " $10::smallint as small";
  std::string octets;
  for (int octet = 0; octet < 256; ++octet) octets += static_cast<char>(octet);
  const auto instant =
      Instant(std::chrono::sys_days(1969y / 7 / 20) + 20h + 17min + 40s + 123456us);
  const auto id = testing::MakePupilId(7);
  auto transaction = Begin();
  const auto row =
      transaction.QueryOne(kEcho, true, std::int64_t{1} << 62, "O'Brien \\ \"ñ\"", Bytes{octets},
                           Day(2028y / 2 / 29), instant, id, 0.1, nullptr, std::int16_t{-5});
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_TRUE(row->Get<bool>("flag"));
  EXPECT_EQ(row->Get<std::int64_t>("number"), std::int64_t{1} << 62);
  EXPECT_EQ(row->Get<std::string>("text"), "O'Brien \\ \"ñ\"");
  EXPECT_EQ(row->Get<Bytes>("octets").data, octets);
  EXPECT_EQ(row->Get<Day>("day"), Day(2028y / 2 / 29));
  EXPECT_EQ(row->Get<Instant>("instant"), instant);
  EXPECT_EQ(row->Get<education::PupilId>("id"), id);
  EXPECT_EQ(row->Get<double>(7), 0.1);
  EXPECT_EQ(row->GetOptional<std::int32_t>("nothing"), std::nullopt);
  EXPECT_TRUE(row->IsNull("nothing"));
  EXPECT_EQ(row->GetOptional<std::int16_t>("small"), -5);
}

TEST_F(TransactionTest, CarriesArraysForSetsOfRows) {
  constexpr Sql kUnnest =
      "select array_agg(number) as numbers, array_agg(text) as texts, array_agg(day) as days, "
      "array_agg(octets) as octets,"
      " array_agg(instant) as instants"
      " from unnest($1::bigint[], $2::text[], $3::date[], $4::bytea[], $5::timestamptz[])"
      " as u (number, text, day, octets, instant)";
  const std::vector<std::int64_t> numbers = {1, -9007199254740993};
  const std::vector<std::string> texts = {"a,\"b\"", "NULL"};
  const std::vector<Day> days = {Day(2026y / 9 / 1), Day(2027y / 8 / 31)};
  const std::vector<Bytes> octets = {Bytes{std::string("\0\"\\", 3)}, Bytes{}};
  const std::vector<Instant> instants = {Instant(1us), Instant(0us)};
  auto transaction = Begin();
  const auto row = transaction.QueryOne(kUnnest, numbers, texts, days, octets, instants);
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->Get<std::vector<std::int64_t>>("numbers"), numbers);
  EXPECT_EQ(row->Get<std::vector<std::string>>("texts"), texts);
  EXPECT_EQ(row->Get<std::vector<Day>>("days"), days);
  EXPECT_EQ(row->Get<std::vector<Bytes>>("octets"), octets);
  EXPECT_EQ(row->Get<std::vector<Instant>>("instants"), instants);
}

TEST_F(TransactionTest, TellsProgrammingFaultsOfColumnsWithoutTheValue) {
  auto transaction = Begin();
  const auto row = transaction.QueryOne("select 'secret' as word, null::integer as nothing");
  EXPECT_THROW(row->Get<std::string>("absent"), BadColumn);
  EXPECT_THROW(row->Get<std::int32_t>("nothing"), BadColumn);
  EXPECT_THROW(row->Get<std::int32_t>(2), BadColumn);
  try {
    row->Get<std::int32_t>("word");
    FAIL();
  } catch (const BadColumn& error) {
    EXPECT_THAT(error.what(), HasSubstr("word"));
    EXPECT_THAT(error.what(), Not(HasSubstr("secret")));
  }
  const auto status = RunInTransaction(
      *pool_, RowScope::System("test"), Deadline::After(5s), [](Transaction& inner) {
        return inner.QueryOne("select null as x").value().Get<std::string>("x") == ""
                   ? absl::OkStatus()
                   : absl::OkStatus();
      });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
}

TEST_F(TransactionTest, RefusesTextWithAZeroOctetInsteadOfCuttingIt) {
  auto transaction = Begin();
  const auto status = transaction.Execute(kInsert, 1, std::string("ab\0cd", 5)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(TransactionTest, NamesTheBrokenConstraintAndNotTheRow) {
  ASSERT_TRUE(RunInTransaction(*pool_, RowScope::System("test"), Deadline::After(5s),
                               [](Transaction& transaction) {
                                 return transaction.Execute(kInsert, 1, "Amira").status();
                               })
                  .ok());
  const struct {
    Sql sql;
    absl::StatusCode code;
    const char* constraint;
  } cases[] = {
      {"insert into thing (id, name) values (1, 'Amira')", absl::StatusCode::kAlreadyExists,
       "thing_pk"},
      {"insert into thing (id, name) values (-1, 'Amira')", absl::StatusCode::kInvalidArgument,
       "thing_id_positive"},
      {"insert into thing (id) values (2)", absl::StatusCode::kInvalidArgument, ""},
      {"insert into thing (id, name, parent) values (2, 'Amira', 9)",
       absl::StatusCode::kFailedPrecondition, "thing_parent_fk"},
      {"select 'Amira'::integer", absl::StatusCode::kInvalidArgument, ""},
      {"select * from absent", absl::StatusCode::kInternal, ""},
      {"create table mine (id integer)", absl::StatusCode::kPermissionDenied, ""},
  };
  for (const auto& [sql, code, constraint] : cases) {
    auto transaction = Begin();
    const auto status = transaction.Execute(sql).status();
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_EQ(ConstraintOf(status), constraint) << status;
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr("Amira")));
    EXPECT_FALSE(IsRetryable(status));
    EXPECT_FALSE(SqlStateOf(status).empty());
  }
}

TEST_F(TransactionTest, CannotBeCommittedAfterAFailure) {
  auto transaction = Begin();
  ASSERT_TRUE(transaction.Execute(kInsert, 1, "first").ok());
  ASSERT_FALSE(transaction.Execute(kInsert, 1, "second").ok());
  EXPECT_EQ(transaction.Execute(kInsert, 2, "third").status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(transaction.Commit().code(), absl::StatusCode::kFailedPrecondition);
  transaction.Rollback();
  EXPECT_EQ(Things(), 0);
}

TEST_F(TransactionTest, AnswersOneRowOrSaysThatThereIsNone) {
  auto transaction = Begin();
  ASSERT_TRUE(transaction.Execute("insert into thing (id, name) values (1, 'a'), (2, 'b')").ok());
  EXPECT_EQ(transaction.QueryOne(kName, 1)->Get<std::string>(0), "a");
  EXPECT_EQ(transaction.QueryOne(kName, 3).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(transaction.QueryOptional(kName, 3)->has_value());
  EXPECT_EQ(transaction.QueryOne("select name from thing").status().code(),
            absl::StatusCode::kInternal);
  std::vector<std::string> names;
  const auto rows = transaction.Query("select name from thing order by id");
  for (const Row& row : *rows) names.push_back(row.Get<std::string>("name"));
  EXPECT_THAT(names, ElementsAre("a", "b"));
}

TEST_F(TransactionTest, StopsAStatementAtItsDeadline) {
  auto transaction = Begin(300ms);
  const auto start = std::chrono::steady_clock::now();
  const auto status = transaction.Query(kSleep, 30.0).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
}

TEST_F(TransactionTest, CountsTheDeadlineOverAllItsStatements) {
  auto transaction = Begin(900ms);
  const auto start = std::chrono::steady_clock::now();
  absl::Status status;
  for (int i = 0; i < 100 && status.ok(); ++i) status = transaction.Query(kSleep, 0.2).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded) << status;
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1500ms);
}

TEST_F(TransactionTest, RunsWhatWaitsForTheCommitAndOnlyThen) {
  int calls = 0;
  {
    auto transaction = Begin();
    transaction.AfterCommit([&] { ++calls; });
  }
  EXPECT_EQ(calls, 0);
  auto transaction = Begin();
  transaction.AfterCommit([&] { calls += 10 * pool_->in_use() + 1; });
  ASSERT_TRUE(transaction.Commit().ok());
  EXPECT_EQ(calls, 1);
}

TEST_F(TransactionTest, IsReadOnlyAndIsolatedWhenAsked) {
  auto read_only = Begin(5s, {.isolation = Isolation::kRepeatableRead, .read_only = true});
  EXPECT_EQ(read_only.QueryOne(kCount)->Get<std::int32_t>(0), 0);
  {
    auto writer = Begin();
    ASSERT_TRUE(writer.Execute(kInsert, 1, "new").ok());
    ASSERT_TRUE(writer.Commit().ok());
  }
  EXPECT_EQ(read_only.QueryOne(kCount)->Get<std::int32_t>(0), 0);
  EXPECT_FALSE(read_only.Execute(kInsert, 2, "refused").ok());
}

TEST_F(TransactionTest, CopiesRowsInBulk) {
  auto transaction = Begin();
  ASSERT_TRUE(
      transaction
          .Execute(
              "create temporary table load (id integer, name text, octets bytea) on commit drop")
          .ok());
  auto copy = transaction.CopyIn("load", {"id", "name", "octets"});
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_TRUE(copy->Write(1, "tab\tline\nback\\slash \\N", Bytes{std::string("\0\\", 2)}).ok());
  EXPECT_TRUE(copy->Write(2, nullptr, nullptr).ok());
  EXPECT_FALSE(copy->Write(3, "too few").ok());
  EXPECT_FALSE(transaction.Query(kCount).ok()) << "the connection is busy with the copy";
  EXPECT_EQ(*copy->Finish(), 2);
  const auto row = transaction.QueryOne("select * from load where id = 1");
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->Get<std::string>("name"), "tab\tline\nback\\slash \\N");
  EXPECT_EQ(row->Get<Bytes>("octets").data, std::string("\0\\", 2));
  EXPECT_EQ(
      transaction.QueryOne("select count(*) as n from load where name is null and octets is null")
          ->Get<std::int64_t>("n"),
      1);
}

TEST_F(TransactionTest, ACopyThatFailsOrIsLeftKeepsNothing) {
  {
    auto transaction = Begin();
    auto copy = transaction.CopyIn("thing", {"id", "name"});
    ASSERT_TRUE(copy->Write("no number", "x").ok());
    EXPECT_EQ(copy->Finish().status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_FALSE(transaction.Commit().ok());
  }
  {
    auto transaction = Begin();
    {
      auto copy = transaction.CopyIn("thing", {"id", "name"});
      ASSERT_TRUE(copy->Write(1, "left").ok());
    }
    EXPECT_FALSE(transaction.Commit().ok());
  }
  EXPECT_EQ(Things(), 0);
}

TEST_F(TransactionTest, IsTriedAgainWhenItGotInTheWayOfAnother) {
  ASSERT_TRUE(Begin().is_open());
  int tries = 0;
  const auto result = RunInTransaction(
      *pool_, RowScope::System("test"), Deadline::After(5s),
      [&](Transaction& transaction) -> absl::StatusOr<int> {
        if (++tries < 3) {
          return transaction
              .Query("do $$ begin raise exception using errcode = 'serialization_failure'; end $$")
              .status();
        }
        if (auto done = transaction.Execute(kInsert, 1, "third try"); !done.ok())
          return done.status();
        return 42;
      });
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(*result, 42);
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(Things(), 1);
}

TEST_F(TransactionTest, IsNotTriedAgainWhenThatCannotHelp) {
  int tries = 0;
  const auto status = RunInTransaction(
      *pool_, RowScope::System("test"), Deadline::After(5s), [&](Transaction& transaction) {
        ++tries;
        return transaction.Execute("insert into thing (id, name) values (-1, 'x')").status();
      });
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tries, 1);
}

TEST_F(TransactionTest, SerializationFailuresAndDeadlocksAreAborted) {
  {
    auto transaction = Begin();
    ASSERT_TRUE(transaction.Execute("insert into thing (id, name) values (1, 'a'), (2, 'b')").ok());
    ASSERT_TRUE(transaction.Commit().ok());
  }
  auto first = Begin(5s, {.isolation = Isolation::kSerializable});
  auto second = Begin(5s, {.isolation = Isolation::kSerializable});
  for (Transaction* transaction : {&first, &second}) {
    ASSERT_TRUE(transaction->Query("select sum(id) from thing").ok());
  }
  ASSERT_TRUE(first.Execute(kInsert, 3, "c").ok());
  ASSERT_TRUE(second.Execute(kInsert, 4, "d").ok());
  ASSERT_TRUE(first.Commit().ok());
  const auto status = second.Commit();
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted) << status;
  EXPECT_TRUE(IsRetryable(status));
}

TEST_F(TransactionTest, APlanOlderThanAMigrationIsMadeAnew) {
  constexpr Sql kAll = "select * from thing";
  const auto read = [&](Transaction& transaction) { return transaction.Query(kAll).status(); };
  ASSERT_TRUE(RunInTransaction(*pool_, RowScope::System("test"), Deadline::After(5s), read).ok());
  database_.RunScript("alter table thing add column extra integer");
  const auto status = RunInTransaction(*pool_, RowScope::System("test"), Deadline::After(5s), read);
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace pathways::storage
