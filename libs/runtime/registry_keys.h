// Where a service other than the registry gets the keys that check access tokens.
#pragma once

#include "libs/access/token.h"
#include "libs/service/client.h"

namespace pathways::runtime {

// Asks the registry for them. `registry` must outlive the verifier that uses it.
access::KeySource RegistryKeys(service::Client& registry);

}  // namespace pathways::runtime
