// Streams, over a real server: complete, cut, stalled.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <utility>

#include "absl/synchronization/notification.h"
#include "libs/service/echo_endpoint.h"
#include "libs/service/test_server.h"

namespace pathways::service {
namespace {

using namespace std::chrono_literals;
using access::Role;
namespace pb = ::pathways::testing::v1;

pb::CountRequest CountTo(std::int64_t to, int padding = 0) {
  pb::CountRequest request;
  request.set_to(to);
  request.set_padding(padding);
  return request;
}

TEST(ServerStream, ArrivesCompleteAndInOrder) {
  TestServer server({MakeEchoEndpoint()});
  std::int64_t last = 0;
  const absl::Status status = server.ClientOf(kEchoService)
                                  ->ServerStream<pb::CountRequest, pb::CountResponse>(
                                      "Count", CountTo(20'000, 100), server.As(Role::kManager),
                                      [&](const pb::CountResponse& item) {
                                        EXPECT_EQ(item.number(), last + 1);
                                        last = item.number();
                                        return absl::OkStatus();
                                      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(last, 20'000);
}

TEST(ServerStream, ErrorComesAfterWhatWasSentBefore) {
  TestServer server({MakeEchoEndpoint(
      EchoText,
      [](Call& call, const pb::CountRequest& request,
         Writer<pb::CountResponse>& out) -> absl::Status {
        if (auto status = CountUp(call, request, out); !status.ok()) return status;
        return absl::DataLossError("no more");
      },
      SumUp)});
  int items = 0;
  const absl::Status status =
      server.ClientOf(kEchoService)
          ->ServerStream<pb::CountRequest, pb::CountResponse>(
              "Count", CountTo(500), server.As(Role::kManager), [&](const pb::CountResponse&) {
                ++items;
                return absl::OkStatus();
              });
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_EQ(items, 500);
}

// Runs Count for ever and keeps how it ended.
struct EndlessCount {
  absl::Status ended;
  absl::Notification done;

  Endpoint MakeEndpoint() {
    return MakeEchoEndpoint(
        EchoText,
        [this](Call& call, const pb::CountRequest&, Writer<pb::CountResponse>& out) {
          ended = CountUp(call, CountTo(std::numeric_limits<std::int64_t>::max(), 10'000), out);
          done.Notify();
          return ended;
        },
        SumUp);
  }
};

TEST(ServerStream, ClientThatHasEnoughStopsTheHandler) {
  EndlessCount count;
  TestServer server({count.MakeEndpoint()});
  const absl::Status status =
      server.ClientOf(kEchoService)
          ->ServerStream<pb::CountRequest, pb::CountResponse>(
              "Count", CountTo(1), server.As(Role::kManager), [](const pb::CountResponse& item) {
                return item.number() == 3 ? absl::AbortedError("enough") : absl::OkStatus();
              });
  EXPECT_TRUE(absl::IsAborted(status)) << status;
  ASSERT_TRUE(count.done.WaitForNotificationWithTimeout(absl::Seconds(10)));
  EXPECT_TRUE(absl::IsCancelled(count.ended)) << count.ended;
}

TEST(ServerStream, ReaderThatStallsIsCutAtTheDeadline) {
  EndlessCount count;
  ServerConfig config;
  config.longest_stream = 300ms;
  TestServer server({count.MakeEndpoint()}, config);
  absl::Notification read_on;
  std::thread client([&] {
    const absl::Status status =
        server.ClientOf(kEchoService)
            ->ServerStream<pb::CountRequest, pb::CountResponse>(
                "Count", CountTo(1), server.As(Role::kManager, 60s), [&](const pb::CountResponse&) {
                  read_on.WaitForNotification();
                  return absl::OkStatus();
                });
    EXPECT_FALSE(status.ok());
  });
  EXPECT_TRUE(count.done.WaitForNotificationWithTimeout(absl::Seconds(10)));
  EXPECT_TRUE(absl::IsDeadlineExceeded(count.ended)) << count.ended;
  read_on.Notify();
  client.join();
}

absl::StatusOr<pb::SumResponse> SumOf(TestServer& server, std::int64_t count, int padding = 0) {
  std::int64_t sent = 0;
  return server.ClientOf(kEchoService)
      ->ClientStream<pb::SumRequest, pb::SumResponse>(
          "Sum", server.As(Role::kSchool), [&](pb::SumRequest* chunk) -> absl::StatusOr<bool> {
            if (sent > count) return false;
            chunk->set_last(sent == count);
            chunk->set_number(sent++);
            chunk->set_padding(std::string(static_cast<std::size_t>(padding), '\0'));
            return true;
          });
}

TEST(ClientStream, IsReadToItsEnd) {
  TestServer server({MakeEchoEndpoint()});
  const auto sum = SumOf(server, 2'000, 10'000);
  ASSERT_TRUE(sum.ok()) << sum.status();
  EXPECT_EQ(sum->sum(), 2'000 * 2'001 / 2);
  EXPECT_EQ(SumOf(server, 0)->sum(), 0);
}

TEST(ClientStream, StreamWithoutItsLastMessageIsRefusedByTheHandler) {
  TestServer server({MakeEchoEndpoint()});
  bool sent = false;
  const auto sum =
      server.ClientOf(kEchoService)
          ->ClientStream<pb::SumRequest, pb::SumResponse>(
              "Sum", server.As(Role::kSchool), [&](pb::SumRequest* chunk) -> absl::StatusOr<bool> {
                chunk->set_number(1);
                return !std::exchange(sent, true);
              });
  EXPECT_TRUE(absl::IsAborted(sum.status())) << sum.status();
}

TEST(ClientStream, HandlerMayAnswerBeforeTheEnd) {
  TestServer server({MakeEchoEndpoint(
      EchoText, CountUp, [](Call&, Reader<pb::SumRequest>& in, pb::SumResponse*) -> absl::Status {
        pb::SumRequest chunk;
        EXPECT_TRUE(in.Read(&chunk).ok());
        return absl::InvalidArgumentError("wrong from the start");
      })});
  const absl::Status status = SumOf(server, 100'000, 1'000).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
}

TEST(ClientStream, CutStreamIsNeverTakenForAWholeOne) {
  constexpr int kTimes = 300;
  std::atomic<int> whole = 0, cut = 0;
  const auto count = [&](Call& call, Reader<pb::SumRequest>& in, pb::SumResponse* response) {
    absl::Status status = SumUp(call, in, response);
    ++(status.ok() ? whole : cut);
    return status;
  };
  ServerConfig config;
  config.stream_queue_limit = kTimes;  // a cut call's handler ends a little after the call
  auto server = std::make_unique<TestServer>(
      std::vector<Endpoint>{MakeEchoEndpoint(EchoText, CountUp, count)}, config);
  const auto client = server->ClientOf(kEchoService);
  for (int i = 0; i < kTimes; ++i) {
    int sent = 0;
    const auto sum = client->ClientStream<pb::SumRequest, pb::SumResponse>(
        "Sum", server->As(Role::kSchool), [&](pb::SumRequest* chunk) -> absl::StatusOr<bool> {
          if (sent == 1 + i % 5) return absl::DataLossError("the disk is gone");
          chunk->set_number(++sent);
          return true;
        });
    EXPECT_TRUE(absl::IsDataLoss(sum.status())) << sum.status();
  }
  server.reset();  // waits for the handlers
  EXPECT_EQ(whole, 0);
  EXPECT_GT(cut, 0);
}

TEST(ClientStream, SilentClientIsCutAtTheDeadline) {
  absl::Status ended;
  absl::Notification done, go_on;
  ServerConfig config;
  config.longest_stream = 200ms;
  TestServer server(
      {MakeEchoEndpoint(EchoText, CountUp,
                        [&](Call& call, Reader<pb::SumRequest>& in, pb::SumResponse* response) {
                          ended = SumUp(call, in, response);
                          done.Notify();
                          return ended;
                        })},
      config);
  std::thread client([&] {
    const auto sum =
        server.ClientOf(kEchoService)
            ->ClientStream<pb::SumRequest, pb::SumResponse>(
                "Sum", server.As(Role::kSchool, 60s), [&](pb::SumRequest*) -> absl::StatusOr<bool> {
                  go_on.WaitForNotification();
                  return true;
                });
    EXPECT_TRUE(absl::IsDeadlineExceeded(sum.status())) << sum.status();
  });
  EXPECT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(10)));
  EXPECT_TRUE(absl::IsDeadlineExceeded(ended)) << ended;
  go_on.Notify();
  client.join();
}

}  // namespace
}  // namespace pathways::service
