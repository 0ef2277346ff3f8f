// Counts for "what needs me" of placements and returns, within what the caller may see.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/storage/transaction.h"

namespace pathways::panel {

struct PlacementCounts {
  std::int64_t to_answer = 0;  // offers that wait for the caller, as provider or receiving school
  std::int64_t offers = 0;
  std::int64_t starts_overdue = 0;
  std::int64_t placed = 0;
  std::int64_t reviews_overdue = 0;
  std::int64_t plans_in_draft = 0;
  std::int64_t returns_coming = 0;
  std::int64_t return_reviews_overdue = 0;
};

absl::StatusOr<PlacementCounts> CountPlacements(storage::Transaction& transaction,
                                                education::Day today);

}  // namespace pathways::panel
