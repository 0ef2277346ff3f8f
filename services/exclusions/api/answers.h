// Exclusions as answers.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/storage/transaction.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/store/kept_exclusion.h"

namespace pathways::exclusions {

// The whole exclusion; words only where the caller may read them.
absl::Status FillWhole(storage::Transaction& transaction, const ExclusionsParts& parts,
                       const KeptExclusion& kept, v1::Exclusion* to);

// As in lists: without words and steps done.
absl::Status FillListed(storage::Transaction& transaction, const ExclusionsParts& parts,
                        const std::vector<KeptExclusion>& exclusions,
                        const std::vector<v1::Exclusion*>& to);

}  // namespace pathways::exclusions
