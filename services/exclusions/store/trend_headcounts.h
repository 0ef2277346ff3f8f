// The pupils that rates are of: those on roll on a day, single and main registrations, by the same
// places and breakdowns as the figures (domain/trend.h), on the roll and with the characteristics
// that the registry's events brought here.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"

namespace pathways::exclusions {

// The day whose roll counts for a year, seen from `today`: its spring census, or today where that
// is still to come.
education::Day HeadcountDay(education::AcademicYear year, education::Day today);

// Counts anew for the ten years up to today's, for every authority whose counts may be out of date:
// all when a roll changed, otherwise those not counted for HeadcountDay. Answers how many
// authorities it counted. Sees all rows.
absl::StatusOr<int> BringHeadcountsUpToDate(storage::Transaction& transaction,
                                            education::Day today);

}  // namespace pathways::exclusions
