// The methods of pathways.exclusions.v1.PublishedFiguresService.
#pragma once

#include "libs/importing/import_runs.h"
#include "libs/service/endpoint.h"

namespace pathways::exclusions {

// `imports` must outlive the server.
service::Endpoint PublishedEndpoint(importing::ImportRuns& imports);

}  // namespace pathways::exclusions
