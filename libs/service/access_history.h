// The method by which every service answers who saw or changed a child's record there.
#pragma once

#include <string>

#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"

namespace pathways::service {

// Registers ListAccessHistory (pathways.common.v1). `pool` must outlive the server; `service` names
// it in each entry.
void AddAccessHistory(Endpoint& endpoint, storage::Pool& pool, std::string service);

}  // namespace pathways::service
