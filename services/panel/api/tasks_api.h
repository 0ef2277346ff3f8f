// The methods of pathways.panel.v1.TasksService.
#pragma once

#include "services/panel/api/panel_api.h"

namespace pathways::panel {

service::Endpoint TasksEndpoint(const PanelParts& parts);

}  // namespace pathways::panel
