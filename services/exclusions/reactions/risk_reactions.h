// Facts about pupils that other services know: registers from attendance, Early Help from
// referrals, placements from the panel. Attendance is heard by its events and not asked: a service
// has no right to ask in nobody's name, and windows move for every pupil each week, which would be
// a question a pupil.
#pragma once

#include "libs/events/reaction.h"

namespace pathways::exclusions {

// Every register as it now is.
class RegisterReaction : public events::Reaction {
 public:
  RegisterReaction();
  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;
};

// Early Help that was accepted, until it is withdrawn.
class RequestReaction : public events::Reaction {
 public:
  RequestReaction();
  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;
};

// Placements from their first day to their last.
class PlacementReaction : public events::Reaction {
 public:
  PlacementReaction();
  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;
};

}  // namespace pathways::exclusions
