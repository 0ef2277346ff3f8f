// The methods by which every service that reacts to events lets an operator see and decide what
// could not be applied.
#pragma once

#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"

namespace pathways::runtime {

// pathways.common.v1.EventsAdminService over the service's own dead letters and gaps. `pool` must
// outlive the server. Thread-safe.
//
// Who decides is the caller. A decision about an event of a child, and a look at its bytes, is in
// the child's access history.
service::Endpoint EventsAdminEndpoint(storage::Pool& pool);

}  // namespace pathways::runtime
