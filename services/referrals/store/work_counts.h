// How much waits, within what the caller may see.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/storage/transaction.h"

namespace pathways::referrals {

struct WorkCounts {
  std::int64_t proposals_open = 0;
  std::int64_t proposals_severe = 0;
  std::int64_t drafts = 0;
  std::int64_t submitted = 0;
  std::int64_t overdue = 0;
  std::int64_t more_asked = 0;
  std::int64_t unallocated = 0;
  std::int64_t mine = 0;
};
absl::StatusOr<WorkCounts> CountWork(storage::Transaction& transaction, education::Day today);

}  // namespace pathways::referrals
