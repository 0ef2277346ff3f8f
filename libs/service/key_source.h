// Where a service other than the registry gets the keys that check access tokens.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "libs/access/token.h"
#include "libs/service/client.h"

namespace pathways::service {

// Asks `method` of the registry (an open one) and takes the JWK Set out of its answer:
//   RemoteKeys<GetSigningKeysRequest, GetSigningKeysResponse>(
//       registry, "GetSigningKeys", [](const GetSigningKeysResponse& r) { return r.jwks_json(); })
// `client` must outlive the verifier that uses it.
template <typename Request, typename Response, typename Take>
access::KeySource RemoteKeys(Client& client, std::string method, Take take) {
  return [&client, method, take]() -> absl::StatusOr<std::string> {
    auto response =
        client.Call<Request, Response>(method, Request(), CallOptions::In(std::chrono::seconds(2)));
    if (!response.ok()) return response.status();
    return std::string(take(*response));
  };
}

}  // namespace pathways::service
