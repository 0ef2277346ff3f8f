// Keeps the copies of schools, calendars, enrolments and characteristics current. Where a calendar,
// or what is recorded about a pupil, changes, the clocks that hang on it are worked out anew.
#pragma once

#include <span>

#include "libs/education/clock.h"
#include "libs/events/outbox.h"
#include "libs/events/reaction.h"

namespace pathways::exclusions {

// Both must outlive it.
class RegistryReaction : public events::Reaction {
 public:
  RegistryReaction(events::Outbox& outbox, const education::Clock& clock);

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;

 private:
  events::Outbox& outbox_;
  const education::Clock& clock_;
};

}  // namespace pathways::exclusions
