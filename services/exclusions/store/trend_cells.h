// The figures of trends, kept as cells (domain/trend.h) beside the exclusions they are of.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "libs/education/identifiers.h"
#include "libs/storage/transaction.h"
#include "services/exclusions/domain/exclusion.h"

namespace pathways::exclusions {

// Brings the cells up to date with the exclusions of these pupils: `exclusions` are all of theirs,
// as they are now, at every school. Writes nothing when nothing of it changed. The caller holds
// their lock (Ledger) and sees all rows (WithWholePupil). Late in a transaction: others who change
// figures of the same authority wait from here to its end.
absl::Status KeepTrend(storage::Transaction& transaction,
                       const std::vector<education::PupilId>& pupils,
                       const std::vector<const Exclusion*>& exclusions);

// Throws all cells away and builds them again from the exclusions. Changes of exclusions wait
// meanwhile. Sees all rows.
absl::Status RebuildTrend(storage::Transaction& transaction);

// Pupils whose cases were counted under another phase or locality than their school now has; at
// most `limit`, in order.
absl::StatusOr<std::vector<education::PupilId>> PupilsOfChangedSchools(
    storage::Transaction& transaction, int limit);
// Whether there are exclusions and nothing was ever counted: cells are to be built.
absl::StatusOr<bool> TrendIsMissing(storage::Transaction& transaction);

}  // namespace pathways::exclusions
