#include "libs/service/endpoint_service.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>

#include "libs/service/client_stream_call.h"
#include "libs/service/server_stream_call.h"
#include "libs/service/unary_call.h"

namespace pathways::service {
namespace {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;
using grpc::internal::MethodHandler;
using grpc::internal::RpcMethod;

RpcMethod::RpcType TypeOf(const Method& method) {
  if (method.server_stream) return RpcMethod::SERVER_STREAMING;
  return method.client_stream ? RpcMethod::CLIENT_STREAMING : RpcMethod::NORMAL_RPC;
}

MethodHandler* HandlerFor(const BoundMethod& method, const Lane& unary, const Lane& streams) {
  if (method.method.server_stream) {
    return new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
        [&](CallbackServerContext* context, const ByteBuffer* request) {
          return ServerStreamCall::Start(streams, method, context, request);
        });
  }
  if (method.method.client_stream) {
    return new grpc::internal::CallbackClientStreamingHandler<ByteBuffer, ByteBuffer>(
        [&](CallbackServerContext* context, ByteBuffer* response) {
          return ClientStreamCall::Start(streams, method, context, response);
        });
  }
  return new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
      [&](CallbackServerContext* context, const ByteBuffer* request, ByteBuffer* response) {
        return UnaryCall::Start(unary, method, context, request, response);
      });
}

}  // namespace

EndpointService::EndpointService(const Endpoint& endpoint, const Lane& unary, const Lane& streams) {
  for (const Method& method : endpoint.methods()) {
    methods_.push_back(
        std::make_unique<BoundMethod>(endpoint.service(), method, unary.dispatcher.metrics()));
    Serve(*methods_.back(), unary, streams);
  }
}

void EndpointService::Serve(BoundMethod& method, const Lane& unary, const Lane& streams) {
  const int index = static_cast<int>(methods_.size()) - 1;
  AddMethod(new grpc::internal::RpcServiceMethod(method.path.c_str(), TypeOf(method.method),
                                                 /*handler=*/nullptr));
  MarkMethodRawCallback(index, HandlerFor(method, unary, streams));
}

}  // namespace pathways::service
