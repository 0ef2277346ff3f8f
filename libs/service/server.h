// The gRPC server: one dispatcher authenticates, authorises, bounds, times and counts every call.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/token.h"
#include "libs/service/endpoint.h"
#include "libs/service/metrics.h"

namespace pathways::service {

struct ServerConfig {
  std::string listen = "127.0.0.1:0";  // "host:port"; port 0: any
  int workers = 8;  // threads for unary calls: as many as the database pool has connections
  std::size_t queue_limit =
      256;                 // unary calls waiting for a worker; more are refused, RESOURCE_EXHAUSTED
  int stream_workers = 4;  // threads for streams (imports, exports), one a stream
  std::size_t stream_queue_limit = 16;
  std::chrono::milliseconds longest_unary{30'000};  // a call's deadline is at most this far away
  std::chrono::milliseconds longest_stream{3'600'000};  // the same for streams
  int max_message_bytes = 4 << 20;
  std::size_t memory_quota_bytes = 64u << 20;  // gRPC's own buffers
  bool reflection = false;                     // development only
};

// Thread-safe.
class Server {
 public:
  // Starts serving. FAILED_PRECONDITION when an endpoint is not complete (Endpoint::Check),
  // UNAVAILABLE when the address is taken. `verifier` and `metrics` must outlive the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerConfig config,
                                                       std::vector<Endpoint> endpoints,
                                                       access::TokenVerifier& verifier,
                                                       Metrics& metrics);
  // Drains for up to a second.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;

  // Health (grpc.health.v1) of the whole server and of each service. Serving from the start.
  void SetServing(bool serving);

  // Says NOT_SERVING, takes no new calls, lets those running finish, and cancels what is left after
  // `grace`. Returns when all is still. Calling it again does nothing.
  void Drain(std::chrono::milliseconds grace);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::service
