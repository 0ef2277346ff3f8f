#include "services/exclusions/api/trends_api.h"

namespace pathways::exclusions {

service::Endpoint TrendsEndpoint(const TrendsParts& parts) {
  service::Endpoint endpoint("pathways.exclusions.v1.TrendsService");
  AddTrendReads(endpoint, parts);
  AddTrendCases(endpoint, parts);
  AddProvenance(endpoint, parts);
  AddTrendExports(endpoint, parts);
  return endpoint;
}

}  // namespace pathways::exclusions
