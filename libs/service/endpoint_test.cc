#include "libs/service/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/service/echo_endpoint.h"
#include "pathways/testing/v1/echo.pb.h"

namespace pathways::service {
namespace {

using access::Permission;
using ::testing::HasSubstr;
namespace pb = ::pathways::testing::v1;

std::string FaultsOf(const Endpoint& endpoint) { return std::string(endpoint.Check().message()); }

TEST(Endpoint, IsCompleteWithEveryMethod) {
  EXPECT_TRUE(MakeEchoEndpoint().Check().ok()) << MakeEchoEndpoint().Check();
}

TEST(Endpoint, TellsEveryFaultOfItsWiring) {
  Endpoint endpoint(kEchoService);
  endpoint.Unary<pb::EchoRequest, pb::EchoResponse>("Ecko", Permission::kReadSchool, EchoText);
  endpoint.Unary<pb::EchoRequest, pb::GetPublicResponse>(
      "GetPublic", Permission::kAnyone,
      [](Call&, const pb::EchoRequest&, pb::GetPublicResponse*) { return absl::OkStatus(); });
  endpoint.Unary<pb::CountRequest, pb::CountResponse>(
      "Count", Permission::kReadSchool,
      [](Call&, const pb::CountRequest&, pb::CountResponse*) { return absl::OkStatus(); });
  for (int twice = 0; twice < 2; ++twice) {
    endpoint.ClientStream<pb::SumRequest, pb::SumResponse>("Sum", Permission::kReadSchool, SumUp);
  }
  const std::string faults = FaultsOf(endpoint);
  EXPECT_THAT(faults, HasSubstr("Ecko is not a method of the service"));
  EXPECT_THAT(faults, HasSubstr("Echo is not registered"));
  EXPECT_THAT(faults, HasSubstr("GetPublic takes another request"));
  EXPECT_THAT(faults, HasSubstr("Count streams otherwise than its descriptor says"));
  EXPECT_THAT(faults, HasSubstr("Sum is registered more than once"));
}

TEST(Endpoint, UnknownServiceIsAFault) {
  EXPECT_THAT(FaultsOf(Endpoint("pathways.testing.v1.NoService")), HasSubstr("is linked in"));
}

}  // namespace
}  // namespace pathways::service
