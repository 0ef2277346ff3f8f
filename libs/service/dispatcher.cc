#include "libs/service/dispatcher.h"

#include <algorithm>
#include <utility>

#include "libs/service/call_labels.h"
#include "libs/service/log.h"

namespace pathways::service {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kLongestRequestId = 64;
constexpr std::size_t kLongestReason = 500;

const char* TypeOf(const Method& method) {
  if (method.server_stream) return "server_stream";
  return method.client_stream ? "client_stream" : "unary";
}

Counter HandledCounter(Labels labels, absl::StatusCode code, Metrics& metrics) {
  labels["grpc_code"] = CodeLabel(code);
  return metrics.GetCounter("grpc_server_handled_total", "Calls answered, by code", labels);
}

bool IsRequestId(std::string_view text) {
  return text.size() <= kLongestRequestId && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '_' || c == '-';
         });
}

// A status the client can do nothing about is for us to look at.
bool IsFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnavailable;
}

void LogOutcome(const BoundMethod& method, const absl::Status& status) {
  const LogLevel level = status.ok()              ? LogLevel::kDebug
                         : IsFault(status.code()) ? LogLevel::kError
                                                  : LogLevel::kInfo;
  if (Logs(level)) Log(level, "call handled", {{"method", method.full_name}, {"status", status}});
}

}  // namespace

BoundMethod::BoundMethod(const std::string& service, Method the_method, Metrics& metrics)
    : method(std::move(the_method)),
      full_name(service + "/" + method.name),
      path("/" + full_name),
      labels(CallLabels(TypeOf(method), service, method.name)),
      started(metrics.GetCounter("grpc_server_started_total", "Calls that arrived", labels)),
      handled_well(HandledCounter(labels, absl::StatusCode::kOk, metrics)),
      seconds(metrics.GetHistogram("grpc_server_handling_seconds",
                                   "Time from a call's arrival to its answer", labels)) {}

CallMeter::CallMeter(const BoundMethod& method, Metrics& metrics)
    : method_(method), metrics_(metrics), start_(std::chrono::steady_clock::now()) {
  Counter(method_.started).Add();
}

void CallMeter::Finish(absl::StatusCode code) {
  Counter handled = code == absl::StatusCode::kOk ? method_.handled_well
                                                  : HandledCounter(method_.labels, code, metrics_);
  handled.Add();
  Histogram(method_.seconds).Observe(std::chrono::steady_clock::now() - start_);
}

absl::StatusOr<access::Caller> Dispatcher::Authenticate(const BoundMethod& method,
                                                        std::string_view token) {
  if (!token.empty()) return verifier_.Verify(token);
  if (method.method.permission == access::Permission::kAnyone) return access::Caller{};
  return absl::UnauthenticatedError("Sign in: this call needs an access token");
}

absl::Status Dispatcher::Authorise(const BoundMethod& method, const access::Caller& caller) {
  if (caller.May(method.method.permission)) return absl::OkStatus();
  return absl::PermissionDeniedError("Your role does not allow this");
}

absl::StatusOr<CallInfo> Dispatcher::Admit(const BoundMethod& method, Arrival arrival) {
  if (!IsRequestId(arrival.request_id) || arrival.break_glass_reason.size() > kLongestReason) {
    return absl::InvalidArgumentError("the call's metadata is not well-formed");
  }
  CallInfo info;
  if (arrival.authorization.starts_with(kBearer)) {
    info.token = arrival.authorization.substr(kBearer.size());
  }
  auto caller = Authenticate(method, info.token);
  if (!caller.ok()) return caller.status();
  if (absl::Status status = Authorise(method, *caller); !status.ok()) return status;
  const auto parent = TraceContext::Parse(arrival.traceparent);
  info.trace = parent.has_value() ? parent->Child() : TraceContext::New();
  info.caller = *std::move(caller);
  info.caller.trace_id = info.trace.trace_id;
  info.method = method.full_name;
  info.permission = method.method.permission;
  info.deadline = arrival.deadline;
  info.request_id = std::move(arrival.request_id);
  info.break_glass_reason = std::move(arrival.break_glass_reason);
  return info;
}

absl::Status Dispatcher::Dispatch(const BoundMethod& method, Arrival arrival,
                                  std::shared_ptr<const std::atomic<bool>> cancelled,
                                  absl::FunctionRef<absl::Status(Call&)> handle) {
  auto info = Admit(method, std::move(arrival));
  if (!info.ok()) {
    Labels labels = method.labels;
    labels["grpc_code"] = CodeLabel(info.status().code());
    metrics_.GetCounter("access_denied_total", "Calls turned away before they ran", labels).Add();
    LogWarning("call refused", {{"method", method.full_name}, {"status", info.status()}});
    return info.status();
  }
  const TraceContext trace = info->trace;
  const ScopedTrace scoped(trace);
  Call call(*std::move(info), std::move(cancelled));
  absl::Status status;
  try {
    status = handle(call);
  } catch (const std::exception& error) {
    LogError("handler threw", {{"method", method.full_name}, LogField::Text("what", error.what())});
    status = absl::InternalError("Something went wrong on our side");
  }
  LogOutcome(method, status);
  return status;
}

}  // namespace pathways::service
