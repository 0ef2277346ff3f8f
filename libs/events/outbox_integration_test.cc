#include "libs/events/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "libs/events/outbox_reader.h"
#include "libs/events/test_world.h"

namespace pathways::events {
namespace {

using ::testing::HasSubstr;

constexpr char kNoKafka[] = "127.0.0.1:1";

TEST(Outbox, CommitsWithTheChangeOrNotAtAll) {
  World world(kNoKafka);
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1)}).ok());
  const absl::Status refused = InTransaction(world.pool(), [&](storage::Transaction& transaction) {
    EXPECT_TRUE(Change(world, transaction, "b").ok());
    return absl::AbortedError("on second thoughts");
  });
  EXPECT_FALSE(refused.ok());
  EXPECT_EQ(world.Count("select count(*) from events.outbox"), 1);
}

TEST(Outbox, CallsAfterCommitOnly) {
  World world(kNoKafka);
  education::RandomIdSource ids;
  const education::SystemClock clock;
  int calls = 0;
  Outbox outbox(ids, clock, "/pathways/test", [&] { ++calls; });
  const NewEvent event = world.MakeNew("a", 1);
  ASSERT_TRUE(InTransaction(world.pool(), [&](storage::Transaction& transaction) {
                auto status = outbox.Append(transaction, {&event, 1});
                EXPECT_EQ(calls, 0);
                return status;
              }).ok());
  EXPECT_EQ(calls, 1);
}

TEST(Outbox, RefusesWhatKafkaOrReadersCouldNotTake) {
  World world(kNoKafka);
  NewEvent large = world.MakeNew("a", 1);
  large.payload = std::string(1'000'000, 'x');
  EXPECT_EQ(world.Append({large}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(
      world.Append({world.MakeNew("a", 2), world.MakeNew("b", 1), world.MakeNew("a", 2)}).code(),
      absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(world.Append({world.MakeNew("", 1)}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(world.Count("select count(*) from events.outbox"), 0);
}

TEST(Outbox, KeepsTheOrderItWasGiven) {
  World world(kNoKafka);
  std::vector<NewEvent> events;
  for (std::int64_t version = 1; version <= 12'000; ++version)
    events.push_back(world.MakeNew("a", version));
  ASSERT_TRUE(world.Append(events).ok());
  EXPECT_EQ(
      world.Count("select count(*) from (select version, row_number() over (order by seq) as n "
                  "from events.outbox) as o where version = n"),
      12'000);
}

TEST(Outbox, TakesFiftyThousandEventsAtOnce) {
  World world(kNoKafka);
  std::vector<NewEvent> events;
  for (int i = 0; i < 50'000; ++i) {
    events.push_back(world.MakeNew("absence/" + std::to_string(i), 1));
    events.back().payload = std::string(200, static_cast<char>('a' + i % 26));
  }
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(world.Append(events).ok());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  RecordProperty("milliseconds", static_cast<int>(took.count()));
  std::cout << "50,000 events in " << took.count() << " ms\n";
  EXPECT_LT(took, std::chrono::seconds(10));
}

TEST(Outbox, ServiceMayAddEventsButNotChangeThem) {
  World world(kNoKafka);
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1)}).ok());
  const auto refused = [&](storage::Sql sql) {
    const auto status = InTransaction(world.pool(), [&](storage::Transaction& transaction) {
      return transaction.Execute(sql).status();
    });
    return status.code() == absl::StatusCode::kPermissionDenied;
  };
  EXPECT_TRUE(refused("update events.outbox set version = 2"));
  EXPECT_TRUE(refused("delete from events.outbox"));
  EXPECT_TRUE(refused("delete from events.inbox"));
  EXPECT_TRUE(refused("delete from events.decision"));
  EXPECT_TRUE(refused("update events.decision set why = ''"));
  EXPECT_TRUE(refused("delete from events.dead_letter"));
  EXPECT_TRUE(refused("insert into events.relay default values"));
  EXPECT_TRUE(refused("select events.add_months('events.outbox')"));
}

TEST(Outbox, DropsOldMonthsOnlyWhenPublished) {
  World world(kNoKafka);
  world.database().RunScript(
      "select app.ensure_partitions('events.outbox', (now() - interval '100 days')::date, 1)");
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1)}).ok());
  world.database().RunScript("update events.outbox set written_at = now() - interval '100 days'");
  constexpr storage::Sql kPartitions =
      "select count(*) from pg_inherits where inhparent = 'events.outbox'::regclass";
  const auto before = world.Count(kPartitions);
  world.database().RunScript("select events.maintain()");
  EXPECT_EQ(world.Count(kPartitions), before) << "dropped what was not published";
  EXPECT_EQ(world.Count("select count(*) from events.outbox"), 1);
  world.database().RunScript("update events.relay set watermark = 1; select events.maintain()");
  EXPECT_EQ(world.Count(kPartitions), before - 1);
}

TEST(Outbox, SurvivesEventsOfAMonthNobodyPrepared) {
  World world(kNoKafka);
  world.database().RunScript(
      "do $$ declare p regclass; begin for p in select inhrelid::regclass from pg_inherits "
      "where inhparent = 'events.outbox'::regclass and inhrelid <> "
      "'events.outbox_default'::regclass "
      "loop execute format('drop table %s', p); end loop; end $$");
  ASSERT_TRUE(world.Append({world.MakeNew("a", 1)}).ok());
  world.database().RunScript("select events.maintain()");  // warns, and does not fail
  EXPECT_TRUE(world.Append({world.MakeNew("a", 2)}).ok());
}

TEST(OutboxReader, NewEpochShutsTheOldLeaderOut) {
  World world(kNoKafka);
  auto old_leader = OutboxReader::Connect(world.database().app_uri(), kLimit);
  auto new_leader = OutboxReader::Connect(world.database().app_uri(), kLimit);
  ASSERT_TRUE(old_leader.ok() && new_leader.ok());
  EXPECT_TRUE(*old_leader->TryLead());
  EXPECT_FALSE(*new_leader->TryLead());
  auto before = old_leader->BeginEpoch();
  ASSERT_TRUE(before.ok()) << before.status();
  auto state = new_leader->BeginEpoch();
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(old_leader->Record(*before).code(), absl::StatusCode::kFailedPrecondition);
  const std::vector<std::int64_t> published = {1, 2, 5, 6, 9};
  state->Publish(published);
  EXPECT_TRUE(new_leader->Record(*state).ok());
  const auto again = new_leader->BeginEpoch();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->watermark(), 2);
  EXPECT_EQ(again->published(), (std::vector<SeqSpan>{{5, 6}, {9, 9}}));
}

TEST(OutboxReader, SilentLeaderLosesTheLead) {
  World world(kNoKafka);
  auto stopped = OutboxReader::Connect(world.database().app_uri(), std::chrono::milliseconds(300));
  ASSERT_TRUE(stopped.ok());
  ASSERT_TRUE(*stopped->TryLead());
  auto other = OutboxReader::Connect(world.database().app_uri(), kLimit);
  EXPECT_TRUE(testing::WaitFor([&] { return *other->TryLead(); }, kLimit));
  EXPECT_FALSE(stopped->Ping().ok());
}

}  // namespace
}  // namespace pathways::events
