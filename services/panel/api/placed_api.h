// The methods of pathways.panel.v1.PlacedService.
#pragma once

#include "services/panel/api/panel_api.h"
#include "services/panel/api/register_source.h"

namespace pathways::panel {

// What the methods work with, living as long as the server.
struct PlacedParts {
  const PanelParts& panel;
  RegisterSource& registers;
};

service::Endpoint PlacedEndpoint(const PlacedParts& parts);

}  // namespace pathways::panel
