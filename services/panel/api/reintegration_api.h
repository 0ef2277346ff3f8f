// The methods of pathways.panel.v1.ReintegrationService.
#pragma once

#include "services/panel/api/panel_api.h"

namespace pathways::panel {

// `parts` live as long as the server.
service::Endpoint ReintegrationEndpoint(const PanelParts& parts);

}  // namespace pathways::panel
