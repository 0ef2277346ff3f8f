// Calling an endpoint's handlers without a network, as tests do: no authentication, no executor,
// the handler's own answer.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/service/call.h"
#include "libs/service/endpoint.h"

namespace pathways::service {

namespace internal {

// NOT_FOUND when the endpoint has no such method.
absl::StatusOr<const Method*> FindMethod(const Endpoint& endpoint, std::string_view name);

// What the server would tell the handler about this caller's call. PERMISSION_DENIED as the
// dispatcher would.
absl::StatusOr<Call> MakeCall(const Endpoint& endpoint, const Method& method,
                              const access::Caller& caller);

absl::Status CallClientStream(const Endpoint& endpoint, std::string_view name,
                              const access::Caller& caller,
                              std::span<const Message* const> messages, Message* response);

absl::Status CallServerStream(const Endpoint& endpoint, std::string_view name,
                              const access::Caller& caller, const Message& request,
                              const std::function<absl::Status(const Message&)>& on_item);

}  // namespace internal

absl::Status CallUnary(const Endpoint& endpoint, std::string_view name,
                       const access::Caller& caller, const Message& request, Message* response);

template <typename Item>
absl::StatusOr<std::vector<Item>> CallServerStream(const Endpoint& endpoint, std::string_view name,
                                                   const access::Caller& caller,
                                                   const Message& request) {
  std::vector<Item> items;
  absl::Status status =
      internal::CallServerStream(endpoint, name, caller, request, [&](const Message& item) {
        items.push_back(static_cast<const Item&>(item));
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return items;
}

template <typename Response, typename Chunk>
absl::StatusOr<Response> CallClientStream(const Endpoint& endpoint, std::string_view name,
                                          const access::Caller& caller,
                                          const std::vector<Chunk>& chunks) {
  std::vector<const Message*> messages;
  for (const Chunk& chunk : chunks) messages.push_back(&chunk);
  Response response;
  absl::Status status = internal::CallClientStream(endpoint, name, caller, messages, &response);
  if (!status.ok()) return status;
  return response;
}

}  // namespace pathways::service
