// Who has which pupil at a placement, from panel: they may read the pupil's name.
#pragma once

#include "libs/events/reaction.h"

namespace pathways::registry {

class PlacementReaction : public events::Reaction {
 public:
  PlacementReaction();

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;
};

}  // namespace pathways::registry
