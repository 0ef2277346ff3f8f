// Published figures beside an authority's own.
#pragma once

#include "absl/status/status.h"
#include "libs/storage/transaction.h"
#include "pathways/exclusions/v1/trends.pb.h"
#include "services/exclusions/api/trend_question.h"

namespace pathways::exclusions {

// Adds the lines of England and of the authority's statistical neighbours, where they are loaded,
// for the periods of the response's own series: of the phase asked about, or of the school's, where
// anything is published of it, otherwise of all schools.
absl::Status AddPublished(storage::Transaction& transaction, const TrendSight& sight,
                          const TrendSpan& span, v1::GetTrendResponse* response);

}  // namespace pathways::exclusions
