#include "libs/events/sequencer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "libs/education/id_source.h"

namespace pathways::events {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kAll = 1000;

AggregateState At(std::int64_t version, std::int64_t parked = 0) {
  AggregateState state;
  state.version = version;
  state.parked = parked;
  return state;
}

class Arrivals {
 public:
  const Arrival* Make(const std::string& aggregate, std::int64_t version) {
    Event event(EventId::New(ids_));
    event.aggregate = aggregate;
    event.version = version;
    kept_.push_back(Arrival{Record(), std::move(event)});
    return &kept_.back();
  }

 private:
  education::SequenceIdSource ids_;
  std::deque<Arrival> kept_;
};

std::vector<std::int64_t> Versions(const std::vector<const Arrival*>& arrivals) {
  std::vector<std::int64_t> versions;
  for (const Arrival* arrival : arrivals) versions.push_back(arrival->event.version);
  return versions;
}

Plan DecideEvery(std::vector<const Arrival*> fresh, AggregateStates& states,
                 std::size_t follow = kAll) {
  return Decide(Ordering::kEveryVersion, fresh, states, follow);
}

TEST(Sequencer, AppliesInOrderFromVersionOne) {
  Arrivals make;
  AggregateStates states{{"a", {}}};
  const Plan plan = DecideEvery({make.Make("a", 1), make.Make("a", 2)}, states);
  EXPECT_THAT(Versions(plan.ready), ElementsAre(1, 2));
  EXPECT_EQ(states["a"].version, 2);
}

TEST(Sequencer, ParksBehindAGapAndAppliesWhenItIsFilled) {
  Arrivals make;
  AggregateStates states{{"a", {}}};
  const Arrival* second = make.Make("a", 2);
  const Plan early = DecideEvery({second}, states);
  EXPECT_THAT(early.ready, IsEmpty());
  EXPECT_THAT(Versions(early.park), ElementsAre(2));
  EXPECT_EQ(states["a"].parked, 1);
  states["a"].stored.emplace(2, *second);
  const Plan filled = DecideEvery({make.Make("a", 1)}, states);
  EXPECT_THAT(Versions(filled.ready), ElementsAre(1, 2));
  EXPECT_THAT(Versions(filled.unpark), ElementsAre(2));
  EXPECT_EQ(states["a"].parked, 0);
}

TEST(Sequencer, PutsASetInOrder) {
  Arrivals make;
  AggregateStates states{{"a", {}}};
  const Plan plan =
      DecideEvery({make.Make("a", 3), make.Make("a", 2), make.Make("a", 1)}, states, 0);
  EXPECT_THAT(Versions(plan.ready), ElementsAre(1, 2, 3));
  EXPECT_THAT(plan.park, IsEmpty());
}

TEST(Sequencer, CountsWhatIsOldOrThereAlready) {
  Arrivals make;
  AggregateStates states{{"a", At(5)}};
  const Plan plan = DecideEvery(
      {make.Make("a", 5), make.Make("a", 1), make.Make("a", 8), make.Make("a", 8)}, states);
  EXPECT_EQ(plan.stale, 3U);
  EXPECT_THAT(Versions(plan.park), ElementsAre(8));
}

TEST(Sequencer, BlockedAggregateParksAndOthersFlow) {
  Arrivals make;
  AggregateStates states{{"a", {}}, {"b", {}}};
  states["a"].blocked = true;
  const Plan plan = DecideEvery({make.Make("a", 1), make.Make("b", 1)}, states);
  ASSERT_EQ(plan.ready.size(), 1U);
  EXPECT_EQ(plan.ready[0]->event.aggregate, "b");
  EXPECT_THAT(Versions(plan.park), ElementsAre(1));
  EXPECT_FALSE(states["a"].wake);
}

TEST(Sequencer, FollowsNoFurtherThanAllowedAndAsksToBeWoken) {
  Arrivals make;
  AggregateStates states{{"a", At(1, 3)}};
  for (const std::int64_t version : {2, 3, 4})
    states["a"].stored.emplace(version, *make.Make("a", version));
  EXPECT_THAT(Versions(DecideEvery({}, states, 2).ready), ElementsAre(2, 3));
  EXPECT_TRUE(states["a"].wake);
  EXPECT_EQ(states["a"].parked, 1);
}

TEST(Sequencer, DropsStoredEventsThatWereOvertaken) {
  Arrivals make;
  AggregateStates states{{"a", At(7, 2)}};
  for (const std::int64_t version : {6, 8})
    states["a"].stored.emplace(version, *make.Make("a", version));
  const Plan plan = DecideEvery({}, states);
  EXPECT_THAT(Versions(plan.unpark), ElementsAre(6, 8));
  EXPECT_THAT(Versions(plan.ready), ElementsAre(8));
  EXPECT_EQ(states["a"].parked, 0);
}

TEST(Sequencer, LatestStateWins) {
  Arrivals make;
  AggregateStates states{{"a", At(2)}, {"b", {}}};
  const std::vector<const Arrival*> fresh = {make.Make("a", 7), make.Make("b", 4),
                                             make.Make("a", 5), make.Make("a", 9)};
  const Plan plan = Decide(Ordering::kLatestWins, fresh, states, kAll);
  EXPECT_THAT(Versions(plan.ready), ElementsAre(4, 9));
  EXPECT_EQ(plan.stale, 2U);
  EXPECT_EQ(states["a"].version, 9);
}

// Whatever the order of arrival and the sizes of the sets: each version once, in order, nothing
// left over.
TEST(Sequencer, AppliesEveryVersionOnceInAnyOrderOfArrival) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random(seed);
    Arrivals make;
    std::vector<const Arrival*> all;
    const std::vector<std::string> names = {"a", "b", "c"};
    for (const std::string& name : names) {
      for (std::int64_t version = 1; version <= 20; ++version)
        all.push_back(make.Make(name, version));
    }
    std::shuffle(all.begin(), all.end(), random);
    AggregateStates states{{"a", {}}, {"b", {}}, {"c", {}}};
    std::map<std::string, std::vector<std::int64_t>> applied;
    const auto carry_out = [&](const Plan& plan) {
      for (const Arrival* one : plan.ready)
        applied[one->event.aggregate].push_back(one->event.version);
      std::vector<Arrival> gone;
      for (const Arrival* one : plan.unpark) gone.push_back(*one);
      for (const Arrival* one : plan.park)
        states[one->event.aggregate].stored.emplace(one->event.version, *one);
      for (const Arrival& one : gone) states[one.event.aggregate].stored.erase(one.event.version);
    };
    for (std::size_t first = 0; first < all.size();) {
      const std::size_t size = std::min<std::size_t>(1 + random() % 7, all.size() - first);
      carry_out(Decide(Ordering::kEveryVersion, std::span(all).subspan(first, size), states,
                       random() % 4));
      first += size;
    }
    while (std::any_of(states.begin(), states.end(),
                       [](const auto& one) { return one.second.wake; })) {
      carry_out(DecideEvery({}, states, 3));
    }
    for (const std::string& name : names) {
      ASSERT_EQ(applied[name].size(), 20U) << "seed " << seed;
      ASSERT_TRUE(std::is_sorted(applied[name].begin(), applied[name].end())) << "seed " << seed;
      ASSERT_EQ(states[name].parked, 0) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace pathways::events
