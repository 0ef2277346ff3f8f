#include "libs/service/calling.h"

#include <chrono>
#include <string>

namespace pathways::service {
namespace internal {
namespace {

class ListReader : public MessageReader {
 public:
  explicit ListReader(std::span<const Message* const> messages) : messages_(messages) {}

  absl::StatusOr<bool> Read(Message* message) override {
    if (next_ == messages_.size()) return false;
    message->CopyFrom(*messages_[next_++]);
    return true;
  }

 private:
  std::span<const Message* const> messages_;
  std::size_t next_ = 0;
};

class ListWriter : public MessageWriter {
 public:
  explicit ListWriter(const std::function<absl::Status(const Message&)>& on_item)
      : on_item_(on_item) {}
  absl::Status Write(const Message& message) override { return on_item_(message); }

 private:
  const std::function<absl::Status(const Message&)>& on_item_;
};

}  // namespace

absl::StatusOr<const Method*> FindMethod(const Endpoint& endpoint, std::string_view name) {
  for (const Method& method : endpoint.methods()) {
    if (method.name == name) return &method;
  }
  return absl::NotFoundError("the endpoint has no such method");
}

absl::StatusOr<Call> MakeCall(const Endpoint& endpoint, const Method& method,
                              const access::Caller& caller) {
  if (method.permission != access::Permission::kAnyone && !caller.May(method.permission)) {
    return absl::PermissionDeniedError("the caller's roles do not allow this");
  }
  CallInfo info;
  info.method = endpoint.service() + "/" + method.name;
  info.permission = method.permission;
  info.caller = caller;
  info.trace = TraceContext::New();
  info.caller.trace_id = info.trace.trace_id;
  info.request_id = info.trace.span_id;
  return Call(std::move(info));
}

absl::Status CallClientStream(const Endpoint& endpoint, std::string_view name,
                              const access::Caller& caller,
                              std::span<const Message* const> messages, Message* response) {
  auto method = FindMethod(endpoint, name);
  if (!method.ok()) return method.status();
  auto call = MakeCall(endpoint, **method, caller);
  if (!call.ok()) return call.status();
  ListReader reader(messages);
  return (*method)->client_stream(*call, reader, response);
}

absl::Status CallServerStream(const Endpoint& endpoint, std::string_view name,
                              const access::Caller& caller, const Message& request,
                              const std::function<absl::Status(const Message&)>& on_item) {
  auto method = FindMethod(endpoint, name);
  if (!method.ok()) return method.status();
  auto call = MakeCall(endpoint, **method, caller);
  if (!call.ok()) return call.status();
  ListWriter writer(on_item);
  return (*method)->server_stream(*call, request, writer);
}

}  // namespace internal

absl::Status CallUnary(const Endpoint& endpoint, std::string_view name,
                       const access::Caller& caller, const Message& request, Message* response) {
  auto method = internal::FindMethod(endpoint, name);
  if (!method.ok()) return method.status();
  auto call = internal::MakeCall(endpoint, **method, caller);
  if (!call.ok()) return call.status();
  response->Clear();
  return (*method)->unary(*call, request, response);
}

}  // namespace pathways::service
