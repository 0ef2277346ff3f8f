// Placements and the places they hold in the database.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/placement.h"

namespace pathways::panel {

absl::StatusOr<Placement> FindPlacement(storage::Transaction& transaction, const PlacementId& id);
absl::StatusOr<Placement> LockPlacement(storage::Transaction& transaction, const PlacementId& id);
// ALREADY_EXISTS when its id is taken, or its decision is being carried out already (constraint
// placement_one_of_decision).
absl::Status InsertPlacement(storage::Transaction& transaction, const Placement& placement);
absl::Status UpdatePlacement(storage::Transaction& transaction, const Placement& placement);

// ALREADY_EXISTS (constraint place_taken_once) when another pupil has one of them.
absl::Status TakePlaces(storage::Transaction& transaction, const Placement& placement,
                        const std::vector<Place>& places);
absl::Status FreePlaces(storage::Transaction& transaction, const Placement& placement);
// Offers of a case that were not begun; locked.
absl::StatusOr<std::vector<PlacementId>> OffersOf(storage::Transaction& transaction,
                                                  const CaseId& panel_case);

absl::Status KeepReview(storage::Transaction& transaction, const Placement& placement,
                        const Review& review);
// Newest first.
absl::StatusOr<std::vector<Review>> ReadReviews(storage::Transaction& transaction,
                                                const PlacementId& id);

struct PlacementFilter {
  std::vector<PlacementState> states;  // empty: all
  std::optional<CaseId> panel_case = {};
  std::optional<ProviderId> provider = {};
  bool review_overdue = false;
  education::Day today;
  std::int64_t offset = 0;
  std::int64_t limit = 50;
};
struct PlacementPage {
  std::vector<Placement> placements;  // next review first, then newest
  std::int64_t total = 0;
};
absl::StatusOr<PlacementPage> ListPlacements(storage::Transaction& transaction,
                                             const PlacementFilter& filter);

// Pupils each school took in through the panel since then.
absl::StatusOr<std::map<education::Urn, int>> TakenInSince(storage::Transaction& transaction,
                                                           education::LaCode la_code,
                                                           education::Day since);

}  // namespace pathways::panel
