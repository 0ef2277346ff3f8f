// For tests: a relay and a consumer at work.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/events/consumer.h"
#include "libs/events/dead_letters.h"
#include "libs/events/test_world.h"

namespace pathways::events {

inline const Decision kDecision{.by = "operator", .why = "looked at it"};

class Flow {
 public:
  explicit Flow(Ordering ordering = Ordering::kEveryVersion, bool compacted = false)
      : world(testing::SharedKafka(), 2, compacted), remember(world.reaction(ordering)) {
    EXPECT_TRUE(world.MakeTopic().ok());
    relay = std::make_unique<Relay>(world.relay_config(), &counts);
    relay->Start();
  }
  ~Flow() { Stop(); }

  void Start(const std::string& instance = "one") {
    consumer = std::make_unique<Consumer>(world.consumer_config(instance), world.pool(),
                                          Reactions(), &counts);
    ASSERT_TRUE(consumer->Start().ok());
  }
  void Stop() {
    if (consumer == nullptr) return;
    EXPECT_TRUE(consumer->Stop(kLimit).ok());
    consumer.reset();
  }
  void StopRelay() {
    EXPECT_TRUE(relay->Stop(kLimit).ok());
    relay.reset();
  }
  std::vector<Reaction*> Reactions() { return {&remember}; }

  void Write(const std::vector<std::pair<std::string, std::int64_t>>& events) {
    for (const auto& [aggregate, version] : events) {
      ASSERT_TRUE(world.Append({world.MakeNew(aggregate, version)}).ok());
    }
  }
  std::string Why() const { return counts.last_trouble(); }

  std::vector<DeadLetter> Letters() {
    auto letters = InTransaction(world.pool(), [](storage::Transaction& transaction) {
      return ListDeadLetters(transaction, DeadLetterFilter());
    });
    EXPECT_TRUE(letters.ok()) << letters.status();
    return letters.value_or(std::vector<DeadLetter>());
  }

  Counts counts;
  World world;
  Remember remember;
  std::unique_ptr<Relay> relay;
  std::unique_ptr<Consumer> consumer;
};

inline absl::Status NeverVersion(const Event& event, std::int64_t version) {
  return event.version == version ? absl::InvalidArgumentError("poison") : absl::OkStatus();
}

}  // namespace pathways::events
