#include "services/registry/api/registry_api.h"

namespace pathways::registry {

service::Endpoint RegistryEndpoint(const RegistryParts& parts) {
  service::Endpoint endpoint("pathways.registry.v1.RegistryService");
  AddSignIn(endpoint, parts);
  AddImports(endpoint, parts);
  AddSchools(endpoint, parts);
  AddPupils(endpoint, parts);
  AddPeople(endpoint, parts);
  return endpoint;
}

}  // namespace pathways::registry
