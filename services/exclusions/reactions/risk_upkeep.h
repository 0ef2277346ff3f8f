// Weighs whoever's facts changed, and whoever is due because days passed.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/storage/pool.h"

namespace pathways::exclusions {

// One thread at a time; several processes take turns.
class RiskUpkeep {
 public:
  // All must outlive it.
  RiskUpkeep(storage::Pool& pool, events::Outbox& outbox, education::IdSource& ids,
             const education::Clock& clock)
      : pool_(pool), outbox_(outbox), ids_(ids), clock_(clock) {}

  // Until nobody is left to be weighed.
  absl::Status Run();

 private:
  // How many were weighed.
  absl::StatusOr<std::size_t> WeighSome();

  storage::Pool& pool_;
  events::Outbox& outbox_;
  education::IdSource& ids_;
  const education::Clock& clock_;
};

}  // namespace pathways::exclusions
