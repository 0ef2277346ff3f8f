// How much waits, within what the caller may see.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/storage/transaction.h"

namespace pathways::panel {

struct WorkCounts {
  std::int64_t drafts = 0;
  std::int64_t referred = 0;
  std::int64_t incomplete = 0;
  std::int64_t overdue = 0;
  std::int64_t scheduled = 0;
  std::int64_t unplaced = 0;
  std::int64_t offers = 0;
  std::int64_t placed = 0;
  std::int64_t reviews_overdue = 0;
  std::int64_t my_actions = 0;
  std::int64_t actions_overdue = 0;
  std::int64_t packs_unread = 0;
};
absl::StatusOr<WorkCounts> CountWork(storage::Transaction& transaction, education::Day today);

}  // namespace pathways::panel
