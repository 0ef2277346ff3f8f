// The methods of pathways.exclusions.v1.ComparisonService.
#pragma once

#include "services/exclusions/api/exclusions_api.h"

namespace pathways::exclusions {

// `parts` must outlive the server.
service::Endpoint ComparisonEndpoint(const ExclusionsParts& parts);

}  // namespace pathways::exclusions
