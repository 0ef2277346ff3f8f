#include "libs/service/unary_call.h"

#include <utility>

#include "google/protobuf/arena.h"
#include "libs/service/rpc.h"

namespace pathways::service {

grpc::ServerUnaryReactor* UnaryCall::Start(const Lane& lane, const BoundMethod& method,
                                           grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) {
  auto call = std::make_shared<UnaryCall>(lane, method, *context, *request, response);
  call->self_ = call;
  call->call_.WatchDeadline([weak = std::weak_ptr(call)] {
    if (auto alive = weak.lock()) alive->Expire();
  });
  const absl::Status submitted = call->call_.Submit([call] { call->Work(); });
  if (!submitted.ok()) call->Answer(submitted);
  return call.get();
}

void UnaryCall::OnCancel() { Stop(); }

void UnaryCall::OnDone() {
  const auto last =
      std::move(self_);  // may be the last owner: nothing of this may be touched after
}

void UnaryCall::Expire() {
  call_.Expire();
  Stop();
}

void UnaryCall::Stop() {
  call_.Cancel();
  Answer(call_.StopReason());
}

void UnaryCall::Work() {
  // Nobody waits any more: it has been answered, and there is no need to start.
  if (call_.cancelled()) return;
  Answer(call_.Dispatch([this](Call& call) { return Handle(call); }));
}

absl::Status UnaryCall::Handle(Call& call) {
  google::protobuf::Arena arena;
  const Method& method = call_.method();
  Message* request = method.request->New(&arena);
  Message* response = method.response->New(&arena);
  if (absl::Status parsed = FromBytes(request_, request); !parsed.ok()) return parsed;
  absl::Status status = method.unary(call, *request, response);
  if (status.ok()) answer_ = ToBytes(*response);
  return status;
}

void UnaryCall::Answer(const absl::Status& status) {
  if (!Claim()) return;
  if (status.ok()) response_->Swap(&answer_);
  call_.Count(status.code());
  Finish(ToGrpc(status));
}

}  // namespace pathways::service
