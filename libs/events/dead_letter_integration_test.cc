// What can never be applied is set aside, and what becomes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/events/consumer_flow.h"

namespace pathways::events {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::WaitFor;

TEST(DeadLetters, SetsPoisonAsideAndLetsOthersPass) {
  Flow flow;
  std::atomic<bool> broken = true;
  flow.remember.fail = [&](const Event& event) {
    return event.aggregate == "bad" && broken ? NeverVersion(event, 2) : absl::OkStatus();
  };
  flow.Write(
      {{"good", 1}, {"bad", 1}, {"bad", 2}, {"good", 2}, {"bad", 3}, {"good", 3}, {"bad", 4}});
  flow.Start();
  ASSERT_TRUE(WaitFor([&] { return flow.world.effects() == 4 && flow.counts.parked == 2; }, kLimit))
      << flow.Why();
  EXPECT_EQ(flow.world.Applied()["good"], UpTo(3));
  auto letters = flow.Letters();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].aggregate, "bad");
  EXPECT_EQ(letters[0].version, 2);
  EXPECT_EQ(letters[0].record.value, "bad@2");
  EXPECT_EQ(letters[0].parked_behind, 2);
  EXPECT_THAT(letters[0].error, HasSubstr("poison"));

  const auto replay = [&] {
    return InTransaction(flow.world.pool(), [&](storage::Transaction& transaction) {
      return RequestReplay(transaction, letters[0].id, kDecision);
    });
  };
  // Still broken: dead again, nothing moved.
  ASSERT_TRUE(replay().ok());
  ASSERT_TRUE(WaitFor([&] { return flow.Letters()[0].attempts == 2; }, kLimit)) << flow.Why();
  EXPECT_EQ(flow.Letters()[0].state, DeadLetterState::kDead);
  EXPECT_EQ(flow.world.effects(), 4);
  // Mended: it and what waited behind it, in order.
  broken = false;
  ASSERT_TRUE(replay().ok());
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 7; }, kLimit)) << flow.Why();
  EXPECT_EQ(flow.world.Applied()["bad"], UpTo(4));
  EXPECT_EQ(flow.Letters()[0].state, DeadLetterState::kReplayed);
  EXPECT_EQ(flow.Letters()[0].decided_by, "operator");
  EXPECT_EQ(replay().code(), absl::StatusCode::kFailedPrecondition);
  flow.Write({{"bad", 5}});
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 8; }, kLimit)) << flow.Why();
}

TEST(DeadLetters, DiscardsWhatNobodyWants) {
  Flow flow;
  flow.remember.fail = [](const Event& event) { return NeverVersion(event, 1); };
  flow.Write({{"a", 1}, {"a", 2}});
  flow.Start();
  ASSERT_TRUE(WaitFor([&] { return flow.counts.dead == 1 && flow.counts.parked == 1; }, kLimit))
      << flow.Why();
  const auto id = flow.Letters().at(0).id;
  const auto discard = [&](const Decision& decision) {
    return InTransaction(flow.world.pool(), [&](storage::Transaction& transaction) {
      return Discard(transaction, id, decision);
    });
  };
  EXPECT_EQ(discard({.by = "operator", .why = ""}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(discard({.by = "", .why = "because"}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(discard(kDecision).ok());
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 1; }, kLimit)) << flow.Why();
  EXPECT_THAT(flow.world.Applied()["a"], ElementsAre(2));
  EXPECT_EQ(flow.Letters().at(0).state, DeadLetterState::kDiscarded);
}

TEST(DeadLetters, FindsPoisonAmongParkedEvents) {
  Flow flow;
  flow.remember.fail = [](const Event& event) { return NeverVersion(event, 3); };
  flow.Start();
  flow.Write({{"a", 2}, {"a", 3}, {"a", 4}});
  ASSERT_TRUE(WaitFor([&] { return flow.counts.parked == 3; }, kLimit)) << flow.Why();
  flow.Write({{"a", 1}});
  EXPECT_TRUE(WaitFor([&] { return flow.counts.dead == 1; }, kLimit)) << flow.Why();
  EXPECT_THAT(flow.world.Applied()["a"], ElementsAre(1, 2));
  const auto letters = flow.Letters();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].version, 3);
  EXPECT_EQ(letters[0].parked_behind, 1);
}

TEST(DeadLetters, SetsUnreadableRecordsAside) {
  Flow flow;
  flow.Write({{"a", 1}});
  flow.StopRelay();
  // What another program might send: text that is not ASCII in a header.
  flow.world.database().RunScript("update events.outbox set aggregate = 'Zo\xc3\xab'");
  flow.world.database().RunScript("update events.relay set watermark = 0, published = '{}'");
  flow.Write({{"b", 1}});
  flow.relay = std::make_unique<Relay>(flow.world.relay_config(), &flow.counts);
  flow.relay->Start();
  flow.Start();
  EXPECT_TRUE(WaitFor([&] { return flow.counts.dead == 1; }, kLimit)) << flow.Why();
  EXPECT_TRUE(WaitFor([&] { return flow.world.Applied().contains("b"); }, kLimit)) << flow.Why();
  const auto letters = flow.Letters();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].aggregate, "");
  EXPECT_EQ(letters[0].record.value, "a@1");
  EXPECT_THAT(letters[0].error, HasSubstr("ce_aggregate"));
}

TEST(DeadLetters, TakesStubbornUnclearErrorsForPoison) {
  Flow flow;
  flow.remember.fail = [](const Event& event) {
    return event.aggregate == "bad" ? absl::InternalError("bug") : absl::OkStatus();
  };
  flow.Write({{"good", 1}, {"bad", 1}, {"good", 2}});
  flow.Start();
  EXPECT_TRUE(WaitFor([&] { return flow.world.effects() == 2 && flow.counts.dead == 1; }, kLimit))
      << flow.Why();
}

}  // namespace
}  // namespace pathways::events
