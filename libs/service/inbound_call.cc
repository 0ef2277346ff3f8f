#include "libs/service/inbound_call.h"

#include <string>
#include <utility>

namespace pathways::service {
namespace {

std::string MetadataOf(const grpc::CallbackServerContext& context, std::string_view name) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(grpc::string_ref(name.data(), name.size()));
  if (found == metadata.end()) return "";
  return std::string(found->second.data(), found->second.size());
}

Arrival ReadArrival(const grpc::CallbackServerContext& context, std::chrono::milliseconds longest) {
  using std::chrono::system_clock;
  const auto now = system_clock::now();
  Arrival arrival;
  // Compared as points in time: without a deadline it lies in the infinite future, where
  // differences overflow.
  arrival.capped = context.deadline() > now + longest;
  arrival.deadline = Deadline::After(
      arrival.capped ? longest
                     : std::chrono::ceil<std::chrono::milliseconds>(context.deadline() - now));
  arrival.authorization = MetadataOf(context, "authorization");
  arrival.traceparent = MetadataOf(context, "traceparent");
  arrival.request_id = MetadataOf(context, kRequestIdMetadata);
  arrival.break_glass_reason = MetadataOf(context, kBreakGlassMetadata);
  return arrival;
}

}  // namespace

InboundCall::InboundCall(const Lane& lane, const BoundMethod& method,
                         const grpc::CallbackServerContext& context)
    : lane_(lane),
      method_(method),
      arrival_(ReadArrival(context, lane.longest)),
      deadline_(arrival_.deadline),
      meter_(method, lane.dispatcher.metrics()) {}

absl::Status InboundCall::Submit(Executor::Task work) {
  if (lane_.executor.TrySubmit(std::move(work))) return absl::OkStatus();
  return absl::ResourceExhaustedError("Too much is going on: try again in a moment");
}

void InboundCall::WatchDeadline(std::function<void()> expired) {
  if (!arrival_.capped) return;
  alarm_.Set(std::chrono::system_clock::now() + deadline_.remaining(),
             [expired = std::move(expired)](bool at_deadline) {
               if (at_deadline) expired();
             });
}

absl::Status InboundCall::Dispatch(absl::FunctionRef<absl::Status(Call&)> handle) {
  return lane_.dispatcher.Dispatch(method_, std::move(arrival_), cancelled_, handle);
}

absl::Status InboundCall::StopReason() const {
  if (expired_ || deadline_.passed()) return absl::DeadlineExceededError("the deadline has passed");
  return absl::CancelledError("the client has gone");
}

}  // namespace pathways::service
