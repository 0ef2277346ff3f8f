// The methods of pathways.panel.v1.MinutesService.
#pragma once

#include "services/panel/api/panel_api.h"

namespace pathways::panel {

service::Endpoint MinutesEndpoint(const PanelParts& parts);

}  // namespace pathways::panel
