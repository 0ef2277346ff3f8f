#include "services/referrals/api/referrals_api.h"

#include "libs/service/access_history.h"

namespace pathways::referrals {

service::Endpoint ReferralsEndpoint(const ReferralsParts& parts) {
  service::Endpoint endpoint("pathways.referrals.v1.ReferralsService");
  AddProposals(endpoint, parts);
  AddDrafts(endpoint, parts);
  AddRequests(endpoint, parts);
  AddDecisions(endpoint, parts);
  AddTimeline(endpoint, parts);
  service::AddAccessHistory(endpoint, *parts.pool, "referrals");
  return endpoint;
}

}  // namespace pathways::referrals
