// Exclusions before and after a day.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

namespace pathways::exclusions {

struct PupilDay {
  education::PupilId pupil;
  education::Day day;
};

// Those that count in statistics. Starts within so many weeks of seven days before the day, or from
// it on.
struct AroundCounts {
  PupilDay around;
  int weeks = 0;
  int suspensions_before = 0;
  int suspensions_after = 0;
  int permanent_after = 0;
};
// Of pupils with an exclusion in the longest span that the caller may see: one row for each length,
// by pupil and day, lengths in the order given. One statement.
absl::StatusOr<std::vector<AroundCounts>> CountAround(storage::Transaction& transaction,
                                                      std::span<const PupilDay> pupils,
                                                      const std::vector<int>& weeks);

}  // namespace pathways::exclusions
