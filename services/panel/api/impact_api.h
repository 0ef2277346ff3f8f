// The methods of pathways.panel.v1.ImpactService.
#pragma once

#include "libs/education/clock.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"
#include "services/panel/api/comparison_source.h"
#include "services/panel/api/fact_source.h"

namespace pathways::panel {

// All pointers not null, living as long as the server.
struct ImpactParts {
  storage::Pool* pool = nullptr;
  const education::Clock* clock = nullptr;
  FactSource* facts = nullptr;
  ComparisonSource* comparisons = nullptr;
};

service::Endpoint ImpactEndpoint(const ImpactParts& parts);

}  // namespace pathways::panel
