// The methods of pathways.panel.v1.PanelService.
#pragma once

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/service/endpoint.h"
#include "libs/service/metrics.h"
#include "libs/storage/pool.h"
#include "services/panel/api/fact_source.h"

namespace pathways::panel {

// What the methods work with. All pointers not null, living as long as the server.
struct PanelParts {
  storage::Pool* pool = nullptr;
  events::Outbox* outbox = nullptr;
  const education::Clock* clock = nullptr;
  education::IdSource* ids = nullptr;
  service::Metrics* metrics = nullptr;
  FactSource* facts = nullptr;
};

service::Endpoint PanelEndpoint(const PanelParts& parts);

// Parts of it, a file each.
void AddCases(service::Endpoint& endpoint, const PanelParts& parts);
void AddCaseReading(service::Endpoint& endpoint, const PanelParts& parts);
void AddSittings(service::Endpoint& endpoint, const PanelParts& parts);
void AddSittingReading(service::Endpoint& endpoint, const PanelParts& parts);
void AddAgenda(service::Endpoint& endpoint, const PanelParts& parts);
void AddPacks(service::Endpoint& endpoint, const PanelParts& parts);
void AddDecisions(service::Endpoint& endpoint, const PanelParts& parts);
void AddActions(service::Endpoint& endpoint, const PanelParts& parts);
void AddProviders(service::Endpoint& endpoint, const PanelParts& parts);
void AddMatching(service::Endpoint& endpoint, const PanelParts& parts);
void AddOffers(service::Endpoint& endpoint, const PanelParts& parts);
void AddPlacements(service::Endpoint& endpoint, const PanelParts& parts);
void AddTimeline(service::Endpoint& endpoint, const PanelParts& parts);

}  // namespace pathways::panel
