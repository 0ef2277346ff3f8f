// Which panel a school belongs to and where it is, from registry.
#pragma once

#include "libs/events/reaction.h"

namespace pathways::panel {

class SchoolReaction : public events::Reaction {
 public:
  SchoolReaction();

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;
};

}  // namespace pathways::panel
