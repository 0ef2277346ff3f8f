// Serves one unary call. Internal to this library.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>

#include "libs/service/inbound_call.h"

namespace pathways::service {

// Lives until gRPC is done with it and its work, if it got that far, has ended.
class UnaryCall : public grpc::ServerUnaryReactor, public std::enable_shared_from_this<UnaryCall> {
 public:
  static grpc::ServerUnaryReactor* Start(const Lane& lane, const BoundMethod& method,
                                         grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response);

  UnaryCall(const Lane& lane, const BoundMethod& method, const grpc::CallbackServerContext& context,
            const grpc::ByteBuffer& request, grpc::ByteBuffer* response)
      : call_(lane, method, context), request_(request), response_(response) {}

 private:
  void OnCancel() override;
  void OnDone() override;
  void Expire();
  void Stop();
  void Work();
  absl::Status Handle(Call& call);
  // The first one counts: a call is answered once, whoever gets there first.
  bool Claim() { return !answered_.exchange(true); }
  void Answer(const absl::Status& status);

  InboundCall call_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer answer_;
  grpc::ByteBuffer* const response_;  // gRPC's; gone once it has been told to finish
  std::atomic<bool> answered_ = false;
  std::shared_ptr<UnaryCall> self_;
};

}  // namespace pathways::service
