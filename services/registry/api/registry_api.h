// The methods of pathways.registry.v1.RegistryService.
#pragma once

#include <string>

#include "libs/access/identity.h"
#include "libs/access/token.h"
#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/importing/import_runs.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"

namespace pathways::registry {

// What the methods work with. All pointers not null, living as long as the server.
struct RegistryParts {
  storage::Pool* pool = nullptr;
  events::Outbox* outbox = nullptr;
  const education::Clock* clock = nullptr;
  education::IdSource* ids = nullptr;
  importing::ImportRuns* imports = nullptr;
  const access::TokenIssuer* tokens = nullptr;
  access::IdentityVerifier* identities = nullptr;
  std::string operator_secret = {};
};

service::Endpoint RegistryEndpoint(const RegistryParts& parts);

// Parts of it, a file each.
void AddSignIn(service::Endpoint& endpoint, const RegistryParts& parts);
void AddImports(service::Endpoint& endpoint, const RegistryParts& parts);
void AddSchools(service::Endpoint& endpoint, const RegistryParts& parts);
void AddPupils(service::Endpoint& endpoint, const RegistryParts& parts);
void AddPeople(service::Endpoint& endpoint, const RegistryParts& parts);

}  // namespace pathways::registry
