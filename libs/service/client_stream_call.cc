#include "libs/service/client_stream_call.h"

#include <utility>

#include "google/protobuf/arena.h"
#include "libs/service/rpc.h"

namespace pathways::service {

grpc::ServerReadReactor<grpc::ByteBuffer>* ClientStreamCall::Start(
    const Lane& lane, const BoundMethod& method, grpc::CallbackServerContext* context,
    grpc::ByteBuffer* response) {
  auto call = std::make_shared<ClientStreamCall>(lane, method, *context, response);
  call->self_ = call;
  call->call_.WatchDeadline([weak = std::weak_ptr(call)] {
    if (auto alive = weak.lock()) alive->Expire();
  });
  const absl::Status submitted = call->call_.Submit([call] { call->Work(); });
  if (!submitted.ok()) call->Answer(submitted);
  return call.get();
}

absl::StatusOr<bool> ClientStreamCall::Read(Message* message) {
  grpc::ByteBuffer bytes;
  {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &ClientStreamCall::MayRead));
    if (stopped_) return call_.StopReason();
    if (!arrived_) return false;
    bytes = std::move(incoming_);
    incoming_ = grpc::ByteBuffer();
    arrived_ = false;
    StartRead(&incoming_);
  }
  if (absl::Status parsed = FromBytes(bytes, message); !parsed.ok()) return parsed;
  return true;
}

void ClientStreamCall::OnReadDone(bool ok) {
  absl::MutexLock lock(&mutex_);
  (ok ? arrived_ : ended_) = true;
}

void ClientStreamCall::OnCancel() {
  call_.Cancel();
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
  }
  Answer(call_.StopReason());
}

void ClientStreamCall::Expire() {
  call_.Expire();
  OnCancel();
}

void ClientStreamCall::OnDone() { const auto last = std::move(self_); }

void ClientStreamCall::Work() {
  if (call_.cancelled()) return;
  Answer(call_.Dispatch([this](Call& call) { return Handle(call); }));
}

absl::Status ClientStreamCall::Handle(Call& call) {
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_) return call_.StopReason();  // gRPC may have let go of the call
    StartRead(&incoming_);
  }
  google::protobuf::Arena arena;
  Message* response = call_.method().response->New(&arena);
  absl::Status status = call_.method().client_stream(call, *this, response);
  if (status.ok()) answer_ = ToBytes(*response);
  return status;
}

void ClientStreamCall::Answer(const absl::Status& status) {
  if (answered_.exchange(true)) return;
  if (status.ok()) response_->Swap(&answer_);
  call_.Count(status.code());
  Finish(ToGrpc(status));
}

}  // namespace pathways::service
