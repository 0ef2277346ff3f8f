#include "services/exclusions/api/exclusions_api.h"

#include "libs/service/access_history.h"

namespace pathways::exclusions {

service::Endpoint ExclusionsEndpoint(const ExclusionsParts& parts) {
  service::Endpoint endpoint("pathways.exclusions.v1.ExclusionsService");
  AddImports(endpoint, parts);
  AddDrafts(endpoint, parts);
  AddRecording(endpoint, parts);
  AddChanges(endpoint, parts);
  AddReads(endpoint, parts);
  AddDeadlines(endpoint, parts);
  AddPupils(endpoint, parts);
  AddExports(endpoint, parts);
  service::AddAccessHistory(endpoint, *parts.pool, "exclusions");
  return endpoint;
}

}  // namespace pathways::exclusions
