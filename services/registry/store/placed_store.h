// Pupils who are placed with somebody, in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

namespace pathways::registry {

using ProviderId = education::Uuid<struct ProviderIdTag>;
using PlacementId = education::Uuid<struct PlacementIdTag>;

struct PlacedPupil {
  PlacementId placement;
  education::PupilId pupil;
  education::Urn urn;  // school of the case
  education::LaCode la_code;
  std::optional<ProviderId> provider = {};
  std::optional<education::Urn> receiving = {};
  std::optional<education::Urn> returning = {};
  bool open = true;  // offered, accepted, started or ended
};

// Everybody who works there.
absl::Status SetStaff(storage::Transaction& transaction, const ProviderId& provider,
                      const std::vector<education::PersonId>& people);
absl::Status KeepPlaced(storage::Transaction& transaction, const PlacedPupil& placed);

// Of these pupils those the caller has, or expects, as provider or school; each once.
absl::StatusOr<std::vector<PlacedPupil>> FindPlaced(storage::Transaction& transaction,
                                                    const std::vector<education::PupilId>& pupils);

}  // namespace pathways::registry
