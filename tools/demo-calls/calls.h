// Calls to the services of a running borough, as its operator.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "libs/service/client.h"
#include "pathways/registry/v1/service.pb.h"

namespace pathways::demo {

inline constexpr std::chrono::seconds kPatience{30};

// The operator's token, for the secret the registry was started with.
inline absl::StatusOr<std::string> SignIn(service::Client& registry, const std::string& secret) {
  registry::v1::ExchangeIdentityRequest request;
  request.set_operator_secret(secret);
  auto answer =
      registry.Call<registry::v1::ExchangeIdentityRequest, registry::v1::ExchangeIdentityResponse>(
          "ExchangeIdentity", request, service::CallOptions::In(kPatience));
  if (!answer.ok()) return answer.status();
  return answer->token();
}

// One service, with the operator's token.
class Asked {
 public:
  Asked(service::Client& client, std::string token) : client_(client), token_(std::move(token)) {}

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(std::string_view method, const Request& request) const {
    service::CallOptions options = service::CallOptions::In(kPatience);
    options.token = token_;
    return client_.Call<Request, Response>(method, request, options);
  }

 private:
  service::Client& client_;
  const std::string token_;
};

}  // namespace pathways::demo
