// The methods of pathways.panel.v1.RoomService.
#pragma once

#include "services/panel/api/panel_api.h"

namespace pathways::panel {

service::Endpoint RoomEndpoint(const PanelParts& parts);

}  // namespace pathways::panel
