// Says once when a date of the clock comes near, and once when it has passed, while what is due has
// not been done.
#pragma once

#include "absl/status/status.h"
#include "libs/education/clock.h"
#include "libs/events/outbox.h"
#include "libs/storage/pool.h"

namespace pathways::exclusions {

// How many school days before a date DeadlineApproaching is published.
inline constexpr int kApproachingSchoolDays = 5;

// All must outlive it. Several may run at once: each step is said once.
class DeadlineWatch {
 public:
  DeadlineWatch(storage::Pool& pool, events::Outbox& outbox, const education::Clock& clock)
      : pool_(pool), outbox_(outbox), clock_(clock) {}

  // Everything that is to be said today, a few hundred pupils in a transaction.
  absl::Status Run();

 private:
  storage::Pool& pool_;
  events::Outbox& outbox_;
  const education::Clock& clock_;
};

}  // namespace pathways::exclusions
