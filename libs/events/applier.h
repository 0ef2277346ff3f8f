// Has one reaction applied to records: each event once, in order, poison set aside. Internal to the
// consumer; knows PostgreSQL, not Kafka.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/events/consumer.h"
#include "libs/events/reaction.h"
#include "libs/events/sequencer.h"
#include "libs/storage/pool.h"

namespace pathways::events {

// What an error of Reaction::Apply asks for.
enum class Verdict : std::uint8_t { kRetry, kSetAside, kUnclear };
Verdict Judge(const absl::Status& status);

class Applier {
 public:
  // All must outlive it. One thread.
  Applier(Reaction& reaction, storage::Pool& pool, ConsumerObserver& observer, int max_attempts);

  const ReactionSpec& spec() const { return reaction_.spec(); }

  // OK: every record is applied, parked, set aside or skipped, and committed. Otherwise try the
  // same records again later; what was done of them already is not done twice. `attempt` counts
  // from 1.
  absl::Status Apply(std::span<const Record> records, int attempt);

  // Replays letters people asked for, and applies parked events that have become ready.
  absl::Status ServeRequests();

 private:
  // What one transaction did, told to the observer once it is committed.
  struct Outcome {
    std::vector<education::Instant> applied;  // their times
    std::size_t duplicates = 0, skipped = 0, parked = 0;
    std::size_t ready = 0;
  };

  std::vector<Arrival> Read(std::span<const Record> records, absl::Status& status);
  absl::Status SetAsideUnreadable(const Record& record, const absl::Status& why);
  absl::Status ApplySet(std::span<const Arrival> arrivals, int attempt);
  absl::Status TrySet(std::span<const Arrival> arrivals, std::size_t follow);
  absl::Status SetAside(const Arrival& arrival, const absl::Status& why);
  absl::Status SetAsideParked(const std::string& aggregate, const absl::Status& why);
  absl::Status WriteLetter(storage::Transaction& transaction, const Arrival& arrival,
                           const absl::Status& why, AggregateStates& states);
  absl::Status Replay(std::int64_t id);
  absl::Status TryReplay(storage::Transaction& transaction, std::int64_t id, Outcome& outcome);
  absl::Status Drain(const std::string& aggregate);
  absl::StatusOr<std::size_t> TryDrain(const std::string& aggregate, std::size_t follow);
  absl::Status CarryOut(storage::Transaction& transaction, const Plan& plan,
                        AggregateStates& states, Outcome& outcome);
  bool IsFinal(const absl::Status& status, int attempt) const;
  void Tell(const Outcome& outcome);

  template <typename Work>
  absl::Status InTransaction(Work work);

  Reaction& reaction_;
  storage::Pool& pool_;
  ConsumerObserver& observer_;
  const int max_attempts_;
  const absl::flat_hash_set<std::string> types_;
  std::unordered_map<std::string, int> drain_attempts_;
};

}  // namespace pathways::events
