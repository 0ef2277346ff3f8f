// What a service does on others' events.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/events/envelope.h"

namespace pathways::storage {
class Transaction;
}

namespace pathways::events {

enum class Ordering : std::uint8_t {
  // Fact topics: every event of an aggregate, once, from version 1 without gaps. What follows a gap
  // is parked until the gap
  // is filled.
  kEveryVersion,
  // Compacted state topics: an event replaces all earlier ones of its aggregate. Only the newest of
  // each aggregate is
  // applied, and only if newer than what was seen.
  kLatestWins,
};

struct ReactionSpec {
  // Identifies it in the database for ever, e.g. "referrals.absence". Two reactions on one topic
  // are independent.
  std::string name;
  std::vector<std::string> topics{};
  // Full names of the messages it understands. Others on these topics advance the aggregate's
  // version and are counted.
  std::vector<std::string> types{};
  Ordering ordering = Ordering::kEveryVersion;
};

class Reaction {
 public:
  explicit Reaction(ReactionSpec spec) : spec_(std::move(spec)) {}
  virtual ~Reaction() = default;

  const ReactionSpec& spec() const { return spec_; }

  // Makes the effect of these events in the transaction, which also records that they were seen:
  // once, whatever happens. Set-based SQL is meant: many events, one statement. Events are in order
  // within each aggregate; under kLatestWins an aggregate comes at most once. Never empty, no
  // tombstones. Runs on the consumer's thread.
  //
  // The status decides: OK commits. What can never succeed (INVALID_ARGUMENT, OUT_OF_RANGE,
  // DATA_LOSS, FAILED_PRECONDITION, NOT_FOUND, ALREADY_EXISTS, UNIMPLEMENTED) is tried again in
  // smaller sets until the one event is found, which is set aside as a dead letter. UNAVAILABLE,
  // ABORTED, DEADLINE_EXCEEDED, CANCELLED and RESOURCE_EXHAUSTED are retried for ever with
  // back-off. Anything else (INTERNAL, UNKNOWN, PERMISSION_DENIED) is retried a few times and then
  // taken for permanent. The message is kept with the dead letter: no personal data.
  virtual absl::Status Apply(storage::Transaction& transaction, std::span<const Event> events) = 0;

 private:
  const ReactionSpec spec_;
};

}  // namespace pathways::events
