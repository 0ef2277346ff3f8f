#include "libs/service/server_stream_call.h"

#include <utility>

#include "google/protobuf/arena.h"
#include "libs/service/rpc.h"

namespace pathways::service {

grpc::ServerWriteReactor<grpc::ByteBuffer>* ServerStreamCall::Start(
    const Lane& lane, const BoundMethod& method, grpc::CallbackServerContext* context,
    const grpc::ByteBuffer* request) {
  auto call = std::make_shared<ServerStreamCall>(lane, method, context, *request);
  call->self_ = call;
  call->call_.WatchDeadline([weak = std::weak_ptr(call)] {
    if (auto alive = weak.lock()) alive->Expire();
  });
  const absl::Status submitted = call->call_.Submit([call] { call->Work(); });
  if (!submitted.ok()) {
    {
      absl::MutexLock lock(&call->mutex_);
      call->outcome_ = submitted;
    }
    call->FinishIfDone();
  }
  return call.get();
}

absl::Status ServerStreamCall::Write(const Message& message) {
  grpc::ByteBuffer bytes = ToBytes(message);
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(this, &ServerStreamCall::MayWrite));
  if (stopped_) return call_.StopReason();
  queued_bytes_ += bytes.Length();
  queue_.push_back(std::move(bytes));
  if (!writing_) SendNext();
  return absl::OkStatus();
}

void ServerStreamCall::SendNext() {
  sending_ = std::move(queue_.front());
  queue_.pop_front();
  queued_bytes_ -= sending_.Length();
  writing_ = true;
  StartWrite(&sending_);
}

void ServerStreamCall::OnWriteDone(bool ok) {
  {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) stopped_ = true;
    if (stopped_) queue_.clear();
    if (!queue_.empty()) SendNext();
  }
  FinishIfDone();
}

void ServerStreamCall::OnCancel() {
  call_.Cancel();
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    queue_.clear();
    if (!outcome_.has_value()) outcome_ = call_.StopReason();
  }
  FinishIfDone();
}

void ServerStreamCall::Expire() {
  call_.Expire();
  {
    absl::MutexLock lock(&mutex_);
    // A reader that has stopped reading never lets the write end: cut the connection's stream.
    if (writing_ && !finished_) context_->TryCancel();
  }
  OnCancel();
}

void ServerStreamCall::OnDone() { const auto last = std::move(self_); }

void ServerStreamCall::Work() {
  if (call_.cancelled()) return;
  absl::Status status = call_.Dispatch([this](Call& call) { return Handle(call); });
  {
    absl::MutexLock lock(&mutex_);
    if (!outcome_.has_value()) outcome_ = std::move(status);
  }
  FinishIfDone();
}

absl::Status ServerStreamCall::Handle(Call& call) {
  google::protobuf::Arena arena;
  Message* request = call_.method().request->New(&arena);
  if (absl::Status parsed = FromBytes(request_, request); !parsed.ok()) return parsed;
  return call_.method().server_stream(call, *request, *this);
}

void ServerStreamCall::FinishIfDone() {
  absl::Status outcome;
  {
    absl::MutexLock lock(&mutex_);
    if (finished_ || writing_ || !queue_.empty() || !outcome_.has_value()) return;
    finished_ = true;
    outcome = *outcome_;
  }
  call_.Count(outcome.code());
  Finish(ToGrpc(outcome));
}

}  // namespace pathways::service
