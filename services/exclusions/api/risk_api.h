// The methods of pathways.exclusions.v1.RiskService.
#pragma once

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/events/outbox.h"
#include "libs/service/call.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"

namespace pathways::exclusions {

// All pointers not null, living as long as the server.
struct RiskParts {
  storage::Pool* pool = nullptr;
  events::Outbox* outbox = nullptr;
  const education::Clock* clock = nullptr;
};

service::Endpoint RiskEndpoint(const RiskParts& parts);

// Parts of it, a file each.
void AddRiskProposals(service::Endpoint& endpoint, const RiskParts& parts);
void AddRiskDecisions(service::Endpoint& endpoint, const RiskParts& parts);
void AddRiskWeights(service::Endpoint& endpoint, const RiskParts& parts);
void AddRiskTrials(service::Endpoint& endpoint, const RiskParts& parts);
void AddRiskExports(service::Endpoint& endpoint, const RiskParts& parts);

// The authority a request names, or the caller's only one; NOT_FOUND when it is not theirs.
absl::StatusOr<education::LaCode> ChooseAuthority(const service::Call& call, std::int32_t la_code);

}  // namespace pathways::exclusions
