#include "services/registry/reactions/placement_reaction.h"

#include <optional>
#include <string>
#include <vector>

#include "pathways/panel/v1/events.pb.h"
#include "services/registry/store/placed_store.h"

namespace pathways::registry {
namespace {

using events::Event;
using panel::v1::PlacementAnswered;
using panel::v1::PlacementFacts;
using panel::v1::PlacementOffered;
using panel::v1::ProviderChanged;
using panel::v1::PupilReintegrated;
using panel::v1::ReintegrationPlanned;
using storage::Transaction;

template <typename Message>
bool Is(const Event& event) {
  return event.type == Message::descriptor()->full_name();
}

absl::StatusOr<PlacedPupil> FromFacts(const PlacementFacts& facts) {
  const auto placement = PlacementId::Parse(facts.placement_id());
  const auto pupil = education::PupilId::Parse(facts.pupil_id());
  const auto urn = education::Urn::FromInt(facts.urn());
  const auto la_code = education::LaCode::FromInt(facts.la_code());
  for (const absl::Status& status :
       {placement.status(), pupil.status(), urn.status(), la_code.status()}) {
    if (!status.ok()) return status;
  }
  PlacedPupil placed{.placement = *placement, .pupil = *pupil, .urn = *urn, .la_code = *la_code};
  if (!facts.provider_id().empty()) {
    const auto provider = ProviderId::Parse(facts.provider_id());
    if (!provider.ok()) return provider.status();
    placed.provider = *provider;
  }
  if (facts.receiving_urn() != 0) {
    const auto receiving = education::Urn::FromInt(facts.receiving_urn());
    if (!receiving.ok()) return receiving.status();
    placed.receiving = *receiving;
  }
  return placed;
}

template <typename Message, typename Change>
absl::Status Keep(Transaction& transaction, const Event& event, Change change) {
  const auto message = events::ParsePayload<Message>(event);
  if (!message.ok()) return message.status();
  auto placed = FromFacts(message->facts());
  if (!placed.ok()) return placed.status();
  if (auto status = change(*message, *placed); !status.ok()) return status;
  return KeepPlaced(transaction, *placed);
}

// A school that expects the pupil; 0: none any more.
absl::Status Expect(std::int32_t to_urn, PlacedPupil& placed) {
  if (to_urn == 0) return absl::OkStatus();
  const auto urn = education::Urn::FromInt(to_urn);
  if (urn.ok()) placed.returning = *urn;
  return urn.status();
}

absl::Status KeepStaff(Transaction& transaction, const Event& event) {
  const auto message = events::ParsePayload<ProviderChanged>(event);
  if (!message.ok()) return message.status();
  const auto provider = ProviderId::Parse(message->provider_id());
  if (!provider.ok()) return provider.status();
  std::vector<education::PersonId> people;
  for (const std::string& text : message->person_ids()) {
    const auto person = education::PersonId::Parse(text);
    if (!person.ok()) return person.status();
    people.push_back(*person);
  }
  return SetStaff(transaction, *provider, people);
}

absl::Status ApplyOne(Transaction& transaction, const Event& event) {
  if (Is<ProviderChanged>(event)) return KeepStaff(transaction, event);
  if (Is<PlacementAnswered>(event)) {
    return Keep<PlacementAnswered>(transaction, event, [](const auto& message, auto& placed) {
      placed.open = message.answer() == "accepted";
      return absl::OkStatus();
    });
  }
  if (Is<ReintegrationPlanned>(event)) {
    return Keep<ReintegrationPlanned>(transaction, event, [](const auto& message, auto& placed) {
      return Expect(message.to_urn(), placed);
    });
  }
  if (Is<PupilReintegrated>(event)) {
    return Keep<PupilReintegrated>(transaction, event, [](const auto& message, auto& placed) {
      return Expect(message.to_urn(), placed);
    });
  }
  return Keep<PlacementOffered>(transaction, event,
                                [](const auto&, auto&) { return absl::OkStatus(); });
}

}  // namespace

PlacementReaction::PlacementReaction()
    : Reaction({.name = "registry.placements",
                .topics = {"pathways.panel.v1"},
                .types = {ProviderChanged::descriptor()->full_name(),
                          PlacementOffered::descriptor()->full_name(),
                          PlacementAnswered::descriptor()->full_name(),
                          ReintegrationPlanned::descriptor()->full_name(),
                          PupilReintegrated::descriptor()->full_name()},
                .ordering = events::Ordering::kEveryVersion}) {}

absl::Status PlacementReaction::Apply(Transaction& transaction, std::span<const Event> events) {
  for (const Event& event : events) {
    if (auto status = ApplyOne(transaction, event); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::registry
