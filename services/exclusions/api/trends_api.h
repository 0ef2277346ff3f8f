// The methods of pathways.exclusions.v1.TrendsService.
#pragma once

#include "libs/education/clock.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"
#include "pathways/exclusions/v1/trends.pb.h"

namespace pathways::exclusions {

// All pointers not null, living as long as the server.
struct TrendsParts {
  storage::Pool* pool = nullptr;
  const education::Clock* clock = nullptr;
};

service::Endpoint TrendsEndpoint(const TrendsParts& parts);

// Parts of it, a file each.
void AddTrendReads(service::Endpoint& endpoint, const TrendsParts& parts);
void AddTrendCases(service::Endpoint& endpoint, const TrendsParts& parts);
void AddProvenance(service::Endpoint& endpoint, const TrendsParts& parts);
void AddTrendExports(service::Endpoint& endpoint, const TrendsParts& parts);

}  // namespace pathways::exclusions
