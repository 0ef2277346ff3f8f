// An endpoint as a grpc::Service. Internal to this library.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <vector>

#include "libs/service/inbound_call.h"

namespace pathways::service {

// Does what generated service code does, by the descriptor: names its methods and hands gRPC a
// callback handler for each, of bytes instead of messages.
class EndpointService : public grpc::Service {
 public:
  // The lanes must outlive the server.
  EndpointService(const Endpoint& endpoint, const Lane& unary, const Lane& streams);

 private:
  void Serve(BoundMethod& method, const Lane& unary, const Lane& streams);

  std::vector<std::unique_ptr<BoundMethod>> methods_;
};

}  // namespace pathways::service
