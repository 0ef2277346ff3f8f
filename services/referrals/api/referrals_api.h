// The methods of pathways.referrals.v1.ReferralsService.
#pragma once

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/service/endpoint.h"
#include "libs/service/metrics.h"
#include "libs/storage/pool.h"
#include "services/referrals/api/fact_source.h"

namespace pathways::referrals {

// What the methods work with. All pointers not null, living as long as the server.
struct ReferralsParts {
  storage::Pool* pool = nullptr;
  events::Outbox* outbox = nullptr;
  const education::Clock* clock = nullptr;
  education::IdSource* ids = nullptr;
  service::Metrics* metrics = nullptr;
  FactSource* facts = nullptr;
  WorkerDirectory* workers = nullptr;
};

service::Endpoint ReferralsEndpoint(const ReferralsParts& parts);

// Parts of it, a file each.
void AddProposals(service::Endpoint& endpoint, const ReferralsParts& parts);
void AddDrafts(service::Endpoint& endpoint, const ReferralsParts& parts);
void AddRequests(service::Endpoint& endpoint, const ReferralsParts& parts);
void AddDecisions(service::Endpoint& endpoint, const ReferralsParts& parts);
void AddTimeline(service::Endpoint& endpoint, const ReferralsParts& parts);

}  // namespace pathways::referrals
