// Proposals from what attendance says. A proposal waits for a person; nothing here acts on a child.
#pragma once

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/reaction.h"

namespace pathways::referrals {

// Both must outlive it.
class AbsenceReaction : public events::Reaction {
 public:
  AbsenceReaction(education::IdSource& ids, const education::Clock& clock);

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;

 private:
  education::IdSource& ids_;
  const education::Clock& clock_;
};

}  // namespace pathways::referrals
