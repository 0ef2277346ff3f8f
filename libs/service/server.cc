#include "libs/service/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>

#include <atomic>
#include <utility>

#include "libs/service/endpoint_service.h"
#include "libs/service/executor.h"
#include "libs/service/log.h"

namespace pathways::service {
namespace {

constexpr int kMostStreamsPerConnection = 1024;
constexpr int kMetadataBytes = 8 * 1024;
// Connections are renewed now and then, so that what stands in front can spread them again.
constexpr std::chrono::milliseconds kConnectionAge = std::chrono::minutes(15);
// Clients ask once a minute whether we are alive.
constexpr std::chrono::milliseconds kLeastPingInterval = std::chrono::seconds(30);

// gRPC's library turns reflection on for every server of a process it is linked into; this turns it
// off for one.
class NoReflection : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    std::erase_if(*plugins,
                  [](const auto& plugin) { return plugin->name() == "proto_server_reflection"; });
  }
};

void SetLimits(const ServerConfig& config, grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("pathways");
  quota.Resize(config.memory_quota_bytes);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(config.max_message_bytes);
  builder.SetMaxSendMessageSize(config.max_message_bytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMostStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             static_cast<int>(kLeastPingInterval.count()));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                             static_cast<int>(kConnectionAge.count()));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             static_cast<int>(config.longest_stream.count()));
}

absl::Status CheckAll(const std::vector<Endpoint>& endpoints) {
  for (const Endpoint& endpoint : endpoints) {
    if (absl::Status status = endpoint.Check(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

struct Server::Impl {
  Impl(const ServerConfig& config, access::TokenVerifier& verifier, Metrics& metrics)
      : dispatcher(verifier, metrics),
        workers(config.workers, config.queue_limit),
        stream_workers(config.stream_workers, config.stream_queue_limit),
        unary{dispatcher, workers, config.longest_unary},
        streams{dispatcher, stream_workers, config.longest_stream} {}

  absl::Status Listen(const ServerConfig& config, const std::vector<Endpoint>& endpoints);

  Dispatcher dispatcher;
  std::vector<std::unique_ptr<EndpointService>> services;
  std::vector<std::string> names;
  std::unique_ptr<grpc::Server> server;
  // Destroyed first: their threads hold calls, which hold what is above.
  Executor workers;
  Executor stream_workers;
  const Lane unary;
  const Lane streams;
  int port = 0;
  std::atomic<bool> drained = false;
};

absl::Status Server::Impl::Listen(const ServerConfig& config,
                                  const std::vector<Endpoint>& endpoints) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();  // keeps the linker from leaving it
                                                               // out
  grpc::ServerBuilder builder;
  SetLimits(config, builder);
  if (!config.reflection) builder.SetOption(std::make_unique<NoReflection>());
  // Plain text: mutual TLS off the local machine is put in front (docs).
  builder.AddListeningPort(config.listen, grpc::InsecureServerCredentials(), &port);
  for (const Endpoint& endpoint : endpoints) {
    services.push_back(std::make_unique<EndpointService>(endpoint, unary, streams));
    names.push_back(endpoint.service());
    builder.RegisterService(services.back().get());
  }
  server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return absl::UnavailableError("cannot listen on " + config.listen + ": is it taken?");
  }
  return absl::OkStatus();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Drain(std::chrono::seconds(1)); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerConfig config,
                                                      std::vector<Endpoint> endpoints,
                                                      access::TokenVerifier& verifier,
                                                      Metrics& metrics) {
  if (absl::Status status = CheckAll(endpoints); !status.ok()) return status;
  auto impl = std::make_unique<Impl>(config, verifier, metrics);
  if (absl::Status status = impl->Listen(config, endpoints); !status.ok()) return status;
  std::unique_ptr<Server> server(new Server(std::move(impl)));
  server->SetServing(true);
  return server;
}

int Server::port() const { return impl_->port; }

void Server::SetServing(bool serving) {
  auto* health = impl_->server->GetHealthCheckService();
  health->SetServingStatus(serving);
  for (const std::string& name : impl_->names) health->SetServingStatus(name, serving);
}

void Server::Drain(std::chrono::milliseconds grace) {
  if (impl_->drained.exchange(true)) return;
  SetServing(false);
  impl_->server->Shutdown(std::chrono::system_clock::now() + grace);
}

}  // namespace pathways::service
