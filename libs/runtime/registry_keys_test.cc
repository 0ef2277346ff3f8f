#include "libs/runtime/registry_keys.h"

#include <gtest/gtest.h>

#include "libs/service/test_server.h"
#include "pathways/registry/v1/service.pb.h"

namespace pathways::runtime {
namespace {

using registry::v1::GetSigningKeysRequest;
using registry::v1::GetSigningKeysResponse;

TEST(RegistryKeys, AreWhatTheRegistryAnswersWithoutAToken) {
  service::Endpoint endpoint("pathways.registry.v1.RegistryService");
  endpoint.Unary<GetSigningKeysRequest, GetSigningKeysResponse>(
      "GetSigningKeys", access::Permission::kAnyone,
      [](service::Call&, const GetSigningKeysRequest&, GetSigningKeysResponse* response) {
        response->set_jwks("the keys");
        return absl::OkStatus();
      });
  std::vector<service::Endpoint> endpoints;
  endpoints.push_back(std::move(endpoint));
  service::TestServer server(std::move(endpoints));
  const auto registry = server.ClientOf("pathways.registry.v1.RegistryService");
  const auto keys = RegistryKeys(*registry)();
  ASSERT_TRUE(keys.ok()) << keys.status();
  EXPECT_EQ(*keys, "the keys");
}

}  // namespace
}  // namespace pathways::runtime
