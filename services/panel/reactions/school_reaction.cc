#include "services/panel/reactions/school_reaction.h"

#include "pathways/registry/v1/events.pb.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {

using registry::v1::SchoolChanged;

SchoolReaction::SchoolReaction()
    : Reaction({.name = "panel.schools",
                .topics = {"pathways.registry.v1"},
                .types = {SchoolChanged::descriptor()->full_name()},
                .ordering = events::Ordering::kLatestWins}) {}

absl::Status SchoolReaction::Apply(storage::Transaction& transaction,
                                   std::span<const events::Event> events) {
  for (const events::Event& event : events) {
    const auto message = events::ParsePayload<SchoolChanged>(event);
    if (!message.ok()) return message.status();
    const auto urn = education::Urn::FromInt(message->urn());
    const auto la_code = education::LaCode::FromInt(message->la_code());
    if (!urn.ok()) return urn.status();
    if (!la_code.ok()) return la_code.status();
    const Grid sent{message->easting(), message->northing()};
    const auto grid = IsOnGrid(sent) ? std::optional(sent) : std::nullopt;
    auto status =
        KeepSchoolPhase(transaction, *urn, *la_code, PhaseOfSchool(message->phase()), grid);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::panel
