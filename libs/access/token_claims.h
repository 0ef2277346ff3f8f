// A caller as the claims of our own token, and back. Internal to this library.
#pragma once

#include "absl/status/statusor.h"
#include "libs/access/caller.h"
#include "nlohmann/json.hpp"

namespace pathways::access {

// sub, name, org, roles, scope. The issuer adds the rest.
nlohmann::json ToClaims(const Caller& caller);

// UNAUTHENTICATED when they are not such claims. Roles this version does not know are left out.
absl::StatusOr<Caller> FromClaims(const nlohmann::json& claims);

}  // namespace pathways::access
