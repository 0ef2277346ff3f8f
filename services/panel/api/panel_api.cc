#include "services/panel/api/panel_api.h"

#include "libs/service/access_history.h"

namespace pathways::panel {

service::Endpoint PanelEndpoint(const PanelParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.PanelService");
  AddCases(endpoint, parts);
  AddCaseReading(endpoint, parts);
  AddSittings(endpoint, parts);
  AddSittingReading(endpoint, parts);
  AddAgenda(endpoint, parts);
  AddPacks(endpoint, parts);
  AddDecisions(endpoint, parts);
  AddActions(endpoint, parts);
  AddProviders(endpoint, parts);
  AddMatching(endpoint, parts);
  AddOffers(endpoint, parts);
  AddPlacements(endpoint, parts);
  AddTimeline(endpoint, parts);
  service::AddAccessHistory(endpoint, *parts.pool, "panel");
  return endpoint;
}

}  // namespace pathways::panel
