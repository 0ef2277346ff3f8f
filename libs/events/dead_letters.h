// Events that could not be applied, and what a person may do about them. Every decision keeps who,
// when and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/events/envelope.h"

namespace pathways::storage {
class Transaction;
}

namespace pathways::events {

enum class DeadLetterState : std::uint8_t { kDead, kReplayRequested, kReplayed, kDiscarded };
std::string_view DeadLetterStateName(DeadLetterState state);  // "dead", "replay_requested", ...

struct DeadLetter {
  std::int64_t id = 0;
  std::string reaction;
  DeadLetterState state = DeadLetterState::kDead;
  Record record;     // the bytes as they came
  std::string type;  // as far as the record could be read, else empty
  std::string aggregate;
  std::int64_t version = 0;
  std::string error;
  int attempts = 0;
  std::int64_t parked_behind = 0;  // later events of the aggregate that wait for this one
  education::Instant since{};
  std::string decided_by, decided_why;  // the last decision, if any
  std::optional<education::Instant> decided_at;
};

// Who decides, and why. Neither may be empty: INVALID_ARGUMENT.
struct Decision {
  std::string by;   // person id or login of the operator
  std::string why;  // no personal data
};

struct DeadLetterFilter {
  std::string reaction;                  // empty: all
  std::optional<DeadLetterState> state;  // none: all
  std::int64_t after_id = 0;
  int limit = 100;
};

// By id. Payloads may be personal data: show them to operators only.
absl::StatusOr<std::vector<DeadLetter>> ListDeadLetters(storage::Transaction& transaction,
                                                        const DeadLetterFilter& filter);

// Asks the consumer to apply it again, and then what is parked behind it, in order. It does so
// within its `worker_step`; if it fails again the letter is dead again, with one more attempt.
// NOT_FOUND; FAILED_PRECONDITION when it is not dead.
absl::Status RequestReplay(storage::Transaction& transaction, std::int64_t id,
                           const Decision& decision);

// Gives the event up for good: it counts as seen, and what is parked behind it is applied. Errors
// as RequestReplay.
absl::Status Discard(storage::Transaction& transaction, std::int64_t id, const Decision& decision);

// An aggregate whose next version has not come.
struct Gap {
  std::string reaction;
  std::string aggregate;
  std::int64_t seen = 0;         // last version applied, 0 for none
  std::int64_t next_parked = 0;  // lowest version waiting
  std::int64_t parked = 0;       // events waiting
  education::Instant since{};    // of the oldest
};
absl::StatusOr<std::vector<Gap>> ListGaps(storage::Transaction& transaction,
                                          std::string_view reaction, int limit);

// Declares the missing versions lost (or before the topic's memory): the parked events are applied
// without them. NOT_FOUND when there is no such gap.
absl::Status AcceptGap(storage::Transaction& transaction, std::string_view reaction,
                       std::string_view aggregate, const Decision& decision);

}  // namespace pathways::events
