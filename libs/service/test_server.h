// For tests: endpoints served on a free port of the local machine, and calls to them as anybody.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "libs/access/test_tokens.h"
#include "libs/service/client.h"
#include "libs/service/metrics.h"
#include "libs/service/server.h"

namespace pathways::service {

class TestServer {
 public:
  explicit TestServer(std::vector<Endpoint> endpoints, ServerConfig config = {}) {
    auto server =
        Server::Start(std::move(config), std::move(endpoints), tokens_.verifier(), metrics_);
    if (!server.ok()) throw std::runtime_error(std::string(server.status().message()));
    server_ = *std::move(server);
  }

  std::string address() const { return "127.0.0.1:" + std::to_string(server_->port()); }
  Server& server() { return *server_; }
  Metrics& metrics() { return metrics_; }
  access::TestTokens& tokens() { return tokens_; }

  std::unique_ptr<Client> ClientOf(const std::string& service) const {
    return std::make_unique<Client>(ClientConfig{address(), service});
  }

  CallOptions As(const access::Caller& caller,
                 std::chrono::milliseconds time = std::chrono::seconds(10)) const {
    CallOptions options = CallOptions::In(time);
    options.token = tokens_.For(caller);
    return options;
  }
  CallOptions As(access::Role role,
                 std::chrono::milliseconds time = std::chrono::seconds(10)) const {
    return As(access::MakeCaller(role), time);
  }

 private:
  access::TestTokens tokens_;
  Metrics metrics_;
  std::unique_ptr<Server> server_;
};

// Calls every method of the service's descriptor with an empty request, without a token and in each
// role. Answers a line for each that ran though it should not have, or was refused though it should
// not: empty means that none escapes.
inline std::vector<std::string> FindEscapes(TestServer& server, const Endpoint& endpoint) {
  std::vector<std::string> escapes;
  const auto client = server.ClientOf(endpoint.service());
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(endpoint.service());
  for (int i = 0; i < service->method_count(); ++i) {
    const auto& method = *service->method(i);
    access::Permission permission = access::Permission::kAnyone;
    for (const Method& registered : endpoint.methods()) {
      if (registered.name == method.name()) permission = registered.permission;
    }
    const auto expect = [&](bool refused, bool should_be, const std::string& who) {
      if (refused != should_be) escapes.push_back(method.name() + " as " + who);
    };
    const bool open = permission == access::Permission::kAnyone;
    expect(
        absl::IsUnauthenticated(client->Probe(method, CallOptions::In(std::chrono::seconds(10)))),
        !open, "nobody");
    for (int r = 0; r < access::kRoleCount; ++r) {
      const auto role = static_cast<access::Role>(r);
      const absl::Status status = client->Probe(method, server.As(role));
      const bool refused =
          absl::IsUnauthenticated(status) ||
          (absl::IsPermissionDenied(status) && status.message() == "Your role does not allow this");
      expect(refused, !access::Grants(role, permission), std::string(access::RoleName(role)));
    }
  }
  return escapes;
}

}  // namespace pathways::service
