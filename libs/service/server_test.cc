#include "libs/service/server.h"

#include <gmock/gmock.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/wrappers.pb.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/rpc_method.h>
#include <grpcpp/support/sync_stream.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "libs/service/echo_endpoint.h"
#include "libs/service/status.h"
#include "libs/service/test_server.h"
#include "libs/testing/wait.h"

namespace pathways::service {
namespace {

using namespace std::chrono_literals;
using access::Role;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace pb = ::pathways::testing::v1;

absl::StatusOr<pb::EchoResponse> Echo(Client& client, const CallOptions& options,
                                      const std::string& text = "hello") {
  pb::EchoRequest request;
  request.set_text(text);
  return client.Call<pb::EchoRequest, pb::EchoResponse>("Echo", request, options);
}

absl::StatusCode CodeOf(const absl::StatusOr<pb::EchoResponse>& response) {
  return response.status().code();
}

template <typename Handler>
Endpoint EchoWith(Handler handler) {
  return MakeEchoEndpoint(std::move(handler), CountUp, SumUp);
}

// A handler that says when it has begun and waits to be let go on.
struct Gate {
  std::atomic<int> entered = 0;
  absl::Notification open;

  absl::Status Pass() {
    ++entered;
    open.WaitForNotification();
    return absl::OkStatus();
  }
  auto Handler() {
    return [this](Call&, const pb::EchoRequest&, pb::EchoResponse*) { return Pass(); };
  }
  void AwaitEntered(int count) const {
    EXPECT_TRUE(testing::WaitFor([&] { return entered >= count; }));
    ASSERT_EQ(entered, count);
  }
};

TEST(Server, AnswersWithTheCallerKnown) {
  TestServer server({MakeEchoEndpoint()});
  const auto client = server.ClientOf(kEchoService);
  const auto response = Echo(*client, server.As(Role::kManager));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->text(), "hello");
  EXPECT_EQ(response->person_id(), "00000000-0000-4000-8000-000000000001");
}

TEST(Server, LetsNoMethodEscapeItsRights) {
  TestServer server({MakeEchoEndpoint()});
  EXPECT_THAT(FindEscapes(server, MakeEchoEndpoint()), IsEmpty());
}

TEST(Server, EscapesWouldBeFound) {
  TestServer server({MakeEchoEndpoint()});
  Endpoint claimed(kEchoService);  // what we believe, not what is served
  claimed.Unary<pb::GetPublicRequest, pb::GetPublicResponse>(
      "GetPublic", access::Permission::kManagePeople,
      [](Call&, const pb::GetPublicRequest&, pb::GetPublicResponse*) { return absl::OkStatus(); });
  EXPECT_THAT(FindEscapes(server, claimed), ::testing::Contains("GetPublic as nobody"));
}

TEST(Server, RefusesTokensThatAreNotGood) {
  TestServer server({MakeEchoEndpoint()});
  const auto client = server.ClientOf(kEchoService);
  CallOptions options = CallOptions::In(10s);
  EXPECT_EQ(CodeOf(Echo(*client, options)), absl::StatusCode::kUnauthenticated);
  options.token = "rubbish";
  EXPECT_EQ(CodeOf(Echo(*client, options)), absl::StatusCode::kUnauthenticated);
  access::TestTokens strangers;
  options.token = strangers.For(Role::kOperator);
  EXPECT_EQ(CodeOf(Echo(*client, options)), absl::StatusCode::kUnauthenticated);
}

TEST(Server, OpenMethodsRefuseABadTokenButNeedNone) {
  TestServer server({MakeEchoEndpoint()});
  const auto client = server.ClientOf(kEchoService);
  const auto get = [&](const CallOptions& options) {
    return client->Call<pb::GetPublicRequest, pb::GetPublicResponse>("GetPublic", {}, options)
        .status();
  };
  CallOptions options = CallOptions::In(10s);
  EXPECT_TRUE(get(options).ok());
  options.token = "rubbish";
  EXPECT_TRUE(absl::IsUnauthenticated(get(options)));
}

TEST(Server, RefusesWhatItCannotQueue) {
  Gate gate;
  ServerConfig config;
  config.workers = 1;
  config.queue_limit = 1;
  TestServer server({EchoWith(gate.Handler())}, config);
  const auto client = server.ClientOf(kEchoService);
  std::vector<std::thread> callers;
  std::atomic<int> answered = 0, refused = 0;
  callers.emplace_back([&] { answered += Echo(*client, server.As(Role::kManager)).ok(); });
  gate.AwaitEntered(1);
  for (int i = 0; i < 5; ++i) {
    callers.emplace_back([&] {
      const auto code = CodeOf(Echo(*client, server.As(Role::kManager)));
      answered += code == absl::StatusCode::kOk;
      refused += code == absl::StatusCode::kResourceExhausted;
    });
  }
  EXPECT_TRUE(testing::WaitFor([&] { return refused >= 4; }));
  EXPECT_EQ(refused, 4);
  gate.open.Notify();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(answered, 2);
}

TEST(Server, StreamsDoNotStarveUnaryCalls) {
  absl::Notification release;
  std::atomic<int> streaming = 0;
  ServerConfig config;
  config.stream_workers = 1;
  config.stream_queue_limit = 0;
  TestServer server({MakeEchoEndpoint(
                        EchoText,
                        [&](Call&, const pb::CountRequest&, Writer<pb::CountResponse>&) {
                          ++streaming;
                          release.WaitForNotification();
                          return absl::OkStatus();
                        },
                        SumUp)},
                    config);
  const auto client = server.ClientOf(kEchoService);
  const auto count = [&] {
    return client->ServerStream<pb::CountRequest, pb::CountResponse>(
        "Count", {}, server.As(Role::kManager),
        [](const pb::CountResponse&) { return absl::OkStatus(); });
  };
  std::thread first([&] { EXPECT_TRUE(count().ok()); });
  EXPECT_TRUE(testing::WaitFor([&] { return streaming > 0; }));
  EXPECT_TRUE(absl::IsResourceExhausted(count()));
  EXPECT_TRUE(Echo(*client, server.As(Role::kManager)).ok());
  release.Notify();
  first.join();
}

TEST(Server, ClientsDeadlineReachesTheHandler) {
  std::atomic<bool> noticed = false;
  absl::Notification ended;
  TestServer server({EchoWith([&](Call& call, const pb::EchoRequest&, pb::EchoResponse*) {
    EXPECT_LE(call.deadline().remaining(), 201ms);
    const auto limit = Deadline::After(10s);
    while (!call.cancelled() && !limit.passed()) std::this_thread::sleep_for(1ms);
    // The client's own clock may have cancelled it a moment before ours noticed.
    noticed = !call.CheckAlive().ok();
    ended.Notify();
    return call.CheckAlive();
  })});
  const auto client = server.ClientOf(kEchoService);
  EXPECT_EQ(CodeOf(Echo(*client, server.As(Role::kManager, 200ms))),
            absl::StatusCode::kDeadlineExceeded);
  ended.WaitForNotification();
  EXPECT_TRUE(noticed);
}

TEST(Server, OwnDeadlineAnswersAlsoForAStuckHandler) {
  Gate gate;
  ServerConfig config;
  config.longest_unary = 100ms;
  TestServer server({EchoWith(gate.Handler())}, config);
  const auto client = server.ClientOf(kEchoService);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(CodeOf(Echo(*client, server.As(Role::kManager, 60s))),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
  gate.open.Notify();
}

TEST(Server, HandlerThatThrowsCostsOneCallOnly) {
  TestServer server(
      {EchoWith([](Call&, const pb::EchoRequest& request, pb::EchoResponse*) -> absl::Status {
        if (request.text() == "throw") throw std::runtime_error("Sam Sample");
        return absl::OkStatus();
      })});
  const auto client = server.ClientOf(kEchoService);
  const auto response = Echo(*client, server.As(Role::kManager), "throw");
  EXPECT_TRUE(absl::IsInternal(response.status()));
  EXPECT_THAT(std::string(response.status().message()), ::testing::Not(HasSubstr("Sam")));
  EXPECT_TRUE(Echo(*client, server.As(Role::kManager)).ok());
}

TEST(Server, FieldViolationsReachTheClient) {
  TestServer server({EchoWith([](Call&, const pb::EchoRequest&, pb::EchoResponse*) {
    return InvalidField("text", "Enter a text");
  })});
  const auto client = server.ClientOf(kEchoService);
  const auto response = Echo(*client, server.As(Role::kManager));
  EXPECT_THAT(ViolationsOf(response.status()),
              ::testing::ElementsAre(FieldViolation{"text", "Enter a text"}));
}

TEST(Server, RefusesBytesThatAreNoMessage) {
  TestServer server({MakeEchoEndpoint()});
  const auto client = server.ClientOf(kEchoService);
  google::protobuf::BytesValue request;  // the same field, but no UTF-8
  request.set_value("half a \xc3");
  const auto response = client->Call<google::protobuf::BytesValue, pb::EchoResponse>(
      "Echo", request, server.As(Role::kManager));
  EXPECT_TRUE(absl::IsInvalidArgument(response.status())) << response.status();
}

TEST(Server, RefusesMessagesThatAreTooLarge) {
  ServerConfig config;
  config.max_message_bytes = 1000;
  TestServer server({MakeEchoEndpoint()}, config);
  const auto client = server.ClientOf(kEchoService);
  EXPECT_EQ(CodeOf(Echo(*client, server.As(Role::kManager), std::string(2000, 'x'))),
            absl::StatusCode::kResourceExhausted);
}

TEST(Server, RequestIdMustBeOne) {
  std::string seen;
  TestServer server({EchoWith([&](Call& call, const pb::EchoRequest&, pb::EchoResponse*) {
    auto id = call.RequireRequestId();
    seen = id.ok() ? *id : "";
    return id.status();
  })});
  const auto client = server.ClientOf(kEchoService);
  CallOptions options = server.As(Role::kManager);
  EXPECT_EQ(CodeOf(Echo(*client, options)), absl::StatusCode::kInvalidArgument);
  options.request_id = "not an id";
  EXPECT_EQ(CodeOf(Echo(*client, options)), absl::StatusCode::kInvalidArgument);
  options.request_id = "4f0e5a0e-b1f3-4b6e-8d6e-000000000001";
  EXPECT_TRUE(Echo(*client, options).ok());
  EXPECT_EQ(seen, options.request_id);
}

TEST(Server, ForwardedCallIsTheSameCallerTraceAndLessTime) {
  std::string trace, person;
  std::chrono::milliseconds inner_left{};
  TestServer inner({EchoWith([&](Call& call, const pb::EchoRequest&, pb::EchoResponse*) {
    trace = call.trace().trace_id;
    person = call.RowScope().person;
    inner_left = call.deadline().remaining();
    EXPECT_EQ(call.RowScope().trace_id, trace);
    EXPECT_EQ(call.AccessContext().purpose, "pathways.testing.v1.EchoService/Echo");
    return absl::OkStatus();
  })});
  const auto to_inner = inner.ClientOf(kEchoService);
  TestServer outer({EchoWith([&](Call& call, const pb::EchoRequest&, pb::EchoResponse*) {
    CallOptions options = call.Forward(1s);
    options.token = inner.tokens().For(call.caller());  // each test server trusts its own key
    return Echo(*to_inner, options).status();
  })});
  CallOptions options = outer.As(access::MakeCaller(Role::kManager, 42), 5s);
  options.trace = TraceContext::New();
  const auto response = Echo(*outer.ClientOf(kEchoService), options);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(trace, options.trace.trace_id);
  EXPECT_EQ(person, "00000000-0000-4000-8000-000000000042");
  EXPECT_LE(inner_left, 4s);
  EXPECT_GT(inner_left, 1s);
}

TEST(Server, DoesNotStartWithAMethodMissing) {
  access::TestTokens tokens;
  Metrics metrics;
  Endpoint endpoint(kEchoService);
  const auto server = Server::Start({}, {endpoint}, tokens.verifier(), metrics);
  EXPECT_TRUE(absl::IsFailedPrecondition(server.status()));
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("Echo is not registered"));
}

TEST(Server, DoesNotStartOnATakenPort) {
  TestServer first({MakeEchoEndpoint()});
  access::TestTokens tokens;
  Metrics metrics;
  ServerConfig config;
  config.listen = first.address();
  const auto second = Server::Start(config, {MakeEchoEndpoint()}, tokens.verifier(), metrics);
  EXPECT_TRUE(absl::IsUnavailable(second.status())) << second.status();
}

// grpc.health.v1's messages have one field each, as these.
int HealthOf(const TestServer& server, const std::string& service) {
  Client client({server.address(), "grpc.health.v1.Health"});
  google::protobuf::StringValue request;
  request.set_value(service);
  const auto response = client.Call<google::protobuf::StringValue, google::protobuf::Int32Value>(
      "Check", request, CallOptions::In(10s));
  return response.ok() ? response->value() : -static_cast<int>(response.status().code());
}
constexpr int kServing = 1;
constexpr int kNotServing = 2;

TEST(Server, TellsItsHealthWithoutAToken) {
  TestServer server({MakeEchoEndpoint()});
  EXPECT_EQ(HealthOf(server, ""), kServing);
  EXPECT_EQ(HealthOf(server, kEchoService), kServing);
  EXPECT_EQ(HealthOf(server, "no.such.Service"), -static_cast<int>(absl::StatusCode::kNotFound));
  server.server().SetServing(false);
  EXPECT_EQ(HealthOf(server, ""), kNotServing);
  EXPECT_EQ(HealthOf(server, kEchoService), kNotServing);
}

TEST(Server, DrainLetsACallInFlightFinish) {
  Gate gate;
  TestServer server({EchoWith(gate.Handler())});
  const auto client = server.ClientOf(kEchoService);
  absl::Status status = absl::UnknownError("not answered");
  std::thread caller([&] { status = Echo(*client, server.As(Role::kManager)).status(); });
  gate.AwaitEntered(1);
  std::thread drain([&] { server.server().Drain(10s); });
  const auto refuses = [&] {
    Client late({server.address(), kEchoService});
    return absl::IsUnavailable(Echo(late, server.As(Role::kManager, 500ms)).status());
  };
  const auto limit = Deadline::After(10s);
  while (!refuses() && !limit.passed()) {
  }
  EXPECT_FALSE(limit.passed());
  gate.open.Notify();
  caller.join();
  drain.join();
  EXPECT_TRUE(status.ok()) << status;
}

TEST(Server, DrainDoesNotWaitForAStuckHandler) {
  Gate gate;
  TestServer server({EchoWith(gate.Handler())});
  const auto client = server.ClientOf(kEchoService);
  std::thread caller([&] { EXPECT_FALSE(Echo(*client, server.As(Role::kManager)).ok()); });
  gate.AwaitEntered(1);
  const auto start = std::chrono::steady_clock::now();
  server.server().Drain(100ms);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  caller.join();
  gate.open.Notify();
}

// What reflection answers to "list services"; its messages, as fields unknown to an empty one.
std::string Reflect(const TestServer& server) {
  using google::protobuf::Empty;
  using google::protobuf::MessageLite;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + 10s);
  const auto channel = grpc::CreateChannel(server.address(), grpc::InsecureChannelCredentials());
  const std::unique_ptr<grpc::ClientReaderWriter<MessageLite, MessageLite>> stream(
      grpc::internal::ClientReaderWriterFactory<MessageLite, MessageLite>::Create(
          channel.get(),
          grpc::internal::RpcMethod(
              "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              grpc::internal::RpcMethod::BIDI_STREAMING),
          &context));
  Empty request, response;
  request.ParseFromString(std::string("\x3a\x00", 2));  // list_services = ""
  stream->Write(request);
  stream->WritesDone();
  const std::string answer = stream->Read(&response) ? response.SerializeAsString() : "";
  stream->Finish();
  return answer;
}

TEST(Server, ReflectsInDevelopmentOnly) {
  ServerConfig config;
  config.reflection = true;
  EXPECT_THAT(Reflect(TestServer({MakeEchoEndpoint()}, config)), HasSubstr(kEchoService));
  EXPECT_EQ(Reflect(TestServer({MakeEchoEndpoint()})), "");
}

}  // namespace
}  // namespace pathways::service
