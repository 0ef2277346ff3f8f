// Serves one call that is answered by a stream. Internal to this library.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/service/inbound_call.h"

namespace pathways::service {

class ServerStreamCall : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                         public MessageWriter,
                         public std::enable_shared_from_this<ServerStreamCall> {
 public:
  static grpc::ServerWriteReactor<grpc::ByteBuffer>* Start(const Lane& lane,
                                                           const BoundMethod& method,
                                                           grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* request);

  ServerStreamCall(const Lane& lane, const BoundMethod& method,
                   grpc::CallbackServerContext* context, const grpc::ByteBuffer& request)
      : call_(lane, method, *context), context_(context), request_(request) {}

  absl::Status Write(const Message& message) override;

 private:
  // What waits for a slow reader, beside the message being sent.
  static constexpr std::size_t kMostQueuedBytes = 1 << 20;
  static constexpr std::size_t kMostQueuedMessages = 64;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void Expire();
  void Work();
  absl::Status Handle(Call& call);

  bool MayWrite() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopped_ || (queue_.size() < kMostQueuedMessages && queued_bytes_ < kMostQueuedBytes);
  }
  void SendNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Ends the call once nothing is being sent and there is an outcome.
  void FinishIfDone() ABSL_LOCKS_EXCLUDED(mutex_);

  InboundCall call_;
  grpc::CallbackServerContext* const context_;  // valid until finished_
  grpc::ByteBuffer request_;
  absl::Mutex mutex_;
  std::deque<grpc::ByteBuffer> queue_ ABSL_GUARDED_BY(mutex_);
  std::size_t queued_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  grpc::ByteBuffer sending_;  // gRPC's while writing_
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::Status> outcome_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<ServerStreamCall> self_;
};

}  // namespace pathways::service
