// Cases from what exclusions says: a permanent exclusion opens one at once, and its end closes it.
#pragma once

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/events/reaction.h"

namespace pathways::panel {

// All must outlive it.
class ExclusionReaction : public events::Reaction {
 public:
  ExclusionReaction(events::Outbox& outbox, education::IdSource& ids,
                    const education::Clock& clock);

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;

 private:
  events::Outbox& outbox_;
  education::IdSource& ids_;
  const education::Clock& clock_;
};

}  // namespace pathways::panel
