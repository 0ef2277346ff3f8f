// Decisions about pupils at risk of exclusion: "refer to the panel" opens a case.
#pragma once

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/events/reaction.h"

namespace pathways::panel {

// A pupil who has an open case gets no second one. When it is decided otherwise later, and the
// panel has not decided yet, the case is closed. All arguments must outlive it.
class RiskReaction : public events::Reaction {
 public:
  RiskReaction(events::Outbox& outbox, education::IdSource& ids, const education::Clock& clock);

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;

 private:
  events::Outbox& outbox_;
  education::IdSource& ids_;
  const education::Clock& clock_;
};

}  // namespace pathways::panel
