// Calling another service's methods.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "libs/service/call.h"
#include "libs/service/metrics.h"

namespace pathways::service {

struct ClientConfig {
  std::string address;  // "host:port"
  std::string service;  // full name, e.g. "pathways.registry.v1.RegistryService"
  int max_message_bytes = 4 << 20;
  // Where its calls are counted and timed (grpc_client_...); must outlive it. Null: nowhere.
  Metrics* metrics = nullptr;
};

// One channel to one service. Thread-safe. Connects when first used and reconnects by itself. Keep
// it in main's hands: it must not be destroyed inside a handler of the server.
//
// Each call has a deadline. Reads (methods named Get..., List... or Search...) and calls with a
// request id are tried up to 4 times on UNAVAILABLE, after 0.1 s, 0.2 s, 0.4 s +-20 %, while a
// budget lasts (each failure takes 1 from 10, each success gives 0.1 back; below half there are no
// retries), never past the deadline.
class Client {
 public:
  explicit Client(ClientConfig config);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // client.Call<GetSchoolRequest, GetSchoolResponse>("GetSchool", request, call.Forward())
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(std::string_view method, const Request& request,
                                const CallOptions& options) {
    Response response;
    if (absl::Status status = CallRaw(method, request, options, &response); !status.ok()) {
      return status;
    }
    return response;
  }

  // Calls on_item for each; stops, and cancels the call, when that returns an error. Never retried.
  template <typename Request, typename Item>
  absl::Status ServerStream(std::string_view method, const Request& request,
                            const CallOptions& options,
                            const std::function<absl::Status(const Item&)>& on_item) {
    Item item;
    return ServerStreamRaw(method, request, options, &item, [&] { return on_item(item); });
  }

  // Sends what `next` fills in until it answers false; an error cancels the call. Never retried.
  template <typename Chunk, typename Response>
  absl::StatusOr<Response> ClientStream(std::string_view method, const CallOptions& options,
                                        const std::function<absl::StatusOr<bool>(Chunk*)>& next) {
    Chunk chunk;
    Response response;
    absl::Status status = ClientStreamRaw(
        method, options, &chunk, [&] { return next(&chunk); }, &response);
    if (!status.ok()) return status;
    return response;
  }

  // Calls any method with an empty request, or an empty stream of them, and drops the answer: for
  // tests that walk a service's descriptor.
  absl::Status Probe(const google::protobuf::MethodDescriptor& method, const CallOptions& options);

 private:
  using Message = google::protobuf::Message;
  struct Impl;

  absl::Status CallRaw(std::string_view method, const Message& request, const CallOptions& options,
                       Message* response);
  absl::Status ServerStreamRaw(std::string_view method, const Message& request,
                               const CallOptions& options, Message* item,
                               const std::function<absl::Status()>& on_item);
  absl::Status ClientStreamRaw(std::string_view method, const CallOptions& options, Message* chunk,
                               const std::function<absl::StatusOr<bool>()>& next,
                               Message* response);

  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::service
