#include "services/exclusions/api/risk_api.h"

#include "libs/service/status.h"

namespace pathways::exclusions {

using education::LaCode;

service::Endpoint RiskEndpoint(const RiskParts& parts) {
  service::Endpoint endpoint("pathways.exclusions.v1.RiskService");
  AddRiskProposals(endpoint, parts);
  AddRiskDecisions(endpoint, parts);
  AddRiskWeights(endpoint, parts);
  AddRiskTrials(endpoint, parts);
  AddRiskExports(endpoint, parts);
  return endpoint;
}

absl::StatusOr<LaCode> ChooseAuthority(const service::Call& call, std::int32_t la_code) {
  const access::Scope& scope = call.caller().scope;
  if (la_code == 0) {
    if (!scope.everything && scope.authorities.size() == 1) return scope.authorities.front();
    return service::InvalidField("la_code", "Say which authority");
  }
  const auto chosen = LaCode::FromInt(la_code);
  if (!chosen.ok()) {
    return service::FieldViolations().AddIfError("la_code", chosen.status()).ToStatus();
  }
  if (!scope.CoversAuthority(*chosen)) return absl::NotFoundError("There is no such authority");
  return chosen;
}

}  // namespace pathways::exclusions
