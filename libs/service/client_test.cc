#include "libs/service/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "libs/service/echo_endpoint.h"
#include "libs/service/test_server.h"

namespace pathways::service {
namespace {

using namespace std::chrono_literals;
using access::Permission;
using access::Role;
using ::testing::HasSubstr;
namespace pb = ::pathways::testing::v1;

// Fails the first calls.
struct Flaky {
  std::atomic<int> calls = 0;
  int failures = 2;

  absl::Status Next() {
    return ++calls <= failures ? absl::UnavailableError("not now") : absl::OkStatus();
  }
  Endpoint MakeEndpoint() {
    Endpoint endpoint(kEchoService);
    endpoint
        .Unary<pb::EchoRequest, pb::EchoResponse>(
            "Echo", Permission::kReadPupil,
            [this](Call&, const pb::EchoRequest&, pb::EchoResponse*) { return Next(); })
        .Unary<pb::GetPublicRequest, pb::GetPublicResponse>(
            "GetPublic", Permission::kAnyone,
            [this](Call&, const pb::GetPublicRequest&, pb::GetPublicResponse* response) {
              response->set_text("keys");
              return Next();
            })
        .ServerStream<pb::CountRequest, pb::CountResponse>("Count", Permission::kReadPupil, CountUp)
        .ClientStream<pb::SumRequest, pb::SumResponse>("Sum", Permission::kReadPupil, SumUp);
    return endpoint;
  }
};

absl::Status Get(Client& client, const CallOptions& options) {
  return client.Call<pb::GetPublicRequest, pb::GetPublicResponse>("GetPublic", {}, options)
      .status();
}
absl::Status Echo(Client& client, const CallOptions& options) {
  return client.Call<pb::EchoRequest, pb::EchoResponse>("Echo", {}, options).status();
}

TEST(Client, RefusesACallWithoutDeadlineOrTime) {
  Client client({"127.0.0.1:1", kEchoService});
  EXPECT_TRUE(absl::IsInvalidArgument(Get(client, CallOptions())));
  EXPECT_TRUE(absl::IsDeadlineExceeded(Get(client, CallOptions::In(0ms))));
}

TEST(Client, TriesReadsAgain) {
  Flaky flaky;
  TestServer server({flaky.MakeEndpoint()});
  EXPECT_TRUE(Get(*server.ClientOf(kEchoService), CallOptions::In(10s)).ok());
  EXPECT_EQ(flaky.calls, 3);
}

TEST(Client, CountsEachTryByItsCode) {
  Flaky flaky;
  TestServer server({flaky.MakeEndpoint()});
  Metrics metrics;
  Client client({.address = server.address(), .service = kEchoService, .metrics = &metrics});
  EXPECT_TRUE(Get(client, CallOptions::In(10s)).ok());
  EXPECT_TRUE(absl::IsUnauthenticated(Echo(client, CallOptions::In(10s))));
  const auto counts = [&](const std::string& name, const std::string& labels, int value) {
    return ::testing::Value(metrics.Text(), HasSubstr("grpc_client_" + name + "{" + labels + "} " +
                                                      std::to_string(value) + "\n"));
  };
  const std::string method =
      R"(grpc_method="GetPublic",grpc_service="pathways.testing.v1.EchoService",grpc_type="unary")";
  EXPECT_TRUE(counts("started_total", method, 3)) << metrics.Text();
  EXPECT_TRUE(counts("handling_seconds_count", method, 3));
  EXPECT_TRUE(counts("handled_total", R"(grpc_code="Unavailable",)" + method, 2));
  EXPECT_TRUE(counts("handled_total", R"(grpc_code="OK",)" + method, 1));
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(handled_total{grpc_code="Unauthenticated",)"));
}

TEST(Client, TriesWritesAgainOnlyWithARequestId) {
  Flaky flaky;
  TestServer server({flaky.MakeEndpoint()});
  const auto client = server.ClientOf(kEchoService);
  CallOptions options = server.As(Role::kManager);
  EXPECT_TRUE(absl::IsUnavailable(Echo(*client, options)));
  EXPECT_EQ(flaky.calls, 1);
  options.request_id = "request-1";
  EXPECT_TRUE(Echo(*client, options).ok());
  EXPECT_EQ(flaky.calls, 3);
}

TEST(Client, GivesUpAfterFourTries) {
  Flaky flaky;
  flaky.failures = 100;
  TestServer server({flaky.MakeEndpoint()});
  EXPECT_TRUE(absl::IsUnavailable(Get(*server.ClientOf(kEchoService), CallOptions::In(10s))));
  EXPECT_EQ(flaky.calls, 4);
}

TEST(Client, StopsTryingAgainWhenMostCallsFail) {
  Flaky flaky;
  flaky.failures = 1000;
  TestServer server({flaky.MakeEndpoint()});
  const auto client = server.ClientOf(kEchoService);
  EXPECT_FALSE(Get(*client, CallOptions::In(10s)).ok());  // 4 tries
  EXPECT_FALSE(Get(*client, CallOptions::In(10s)).ok());  // the fifth failure spends the budget
  const int before = flaky.calls;
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(Get(*client, CallOptions::In(10s)).ok());
  EXPECT_EQ(flaky.calls - before, 10);
}

TEST(Client, NeverTriesPastTheDeadline) {
  Flaky flaky;
  flaky.failures = 100;
  TestServer server({flaky.MakeEndpoint()});
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(Get(*server.ClientOf(kEchoService), CallOptions::In(150ms)).ok());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  EXPECT_LT(flaky.calls, 4);
}

TEST(Client, ServerThatIsNotThereIsUnavailable) {
  Client client({"127.0.0.1:1", kEchoService});
  EXPECT_TRUE(absl::IsUnavailable(Echo(client, CallOptions::In(2s))));
}

}  // namespace
}  // namespace pathways::service
