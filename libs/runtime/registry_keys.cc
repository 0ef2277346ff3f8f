#include "libs/runtime/registry_keys.h"

#include <chrono>
#include <string>

#include "pathways/registry/v1/service.pb.h"

namespace pathways::runtime {

access::KeySource RegistryKeys(service::Client& registry) {
  return [&registry]() -> absl::StatusOr<std::string> {
    auto keys =
        registry.Call<registry::v1::GetSigningKeysRequest, registry::v1::GetSigningKeysResponse>(
            "GetSigningKeys", {}, service::CallOptions::In(std::chrono::seconds(2)));
    if (!keys.ok()) return keys.status();
    return std::string(keys->jwks());
  };
}

}  // namespace pathways::runtime
