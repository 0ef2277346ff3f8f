// Serves one call whose request is a stream. Internal to this library.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/service/inbound_call.h"

namespace pathways::service {

class ClientStreamCall : public grpc::ServerReadReactor<grpc::ByteBuffer>,
                         public MessageReader,
                         public std::enable_shared_from_this<ClientStreamCall> {
 public:
  static grpc::ServerReadReactor<grpc::ByteBuffer>* Start(const Lane& lane,
                                                          const BoundMethod& method,
                                                          grpc::CallbackServerContext* context,
                                                          grpc::ByteBuffer* response);

  ClientStreamCall(const Lane& lane, const BoundMethod& method,
                   const grpc::CallbackServerContext& context, grpc::ByteBuffer* response)
      : call_(lane, method, context), response_(response) {}

  absl::StatusOr<bool> Read(Message* message) override;

 private:
  void OnReadDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void Expire();
  void Work();
  absl::Status Handle(Call& call);
  void Answer(const absl::Status& status);

  bool MayRead() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopped_ || arrived_ || ended_;
  }

  InboundCall call_;
  grpc::ByteBuffer answer_;
  grpc::ByteBuffer* const response_;  // gRPC's; gone once it has been told to finish
  std::atomic<bool> answered_ = false;
  absl::Mutex mutex_;
  grpc::ByteBuffer incoming_;  // gRPC's until arrived_
  bool arrived_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<ClientStreamCall> self_;
};

}  // namespace pathways::service
