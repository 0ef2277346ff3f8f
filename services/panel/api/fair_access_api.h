// The methods of pathways.panel.v1.FairAccessService.
#pragma once

#include "libs/rolls/roll_source.h"
#include "services/panel/api/panel_api.h"

namespace pathways::panel {

struct FairAccessParts {
  PanelParts panel;
  rolls::RollSource* calendars = nullptr;  // not null, living as long as the server
};

service::Endpoint FairAccessEndpoint(const FairAccessParts& parts);

}  // namespace pathways::panel
