// What a handler knows about the call it answers.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/access_log.h"
#include "libs/access/caller.h"
#include "libs/service/trace.h"
#include "libs/storage/deadline.h"
#include "libs/storage/row_scope.h"

namespace pathways::service {

using storage::Deadline;

// How to make a call to another service.
struct CallOptions {
  std::optional<Deadline> deadline;  // required: a call without one is refused (INVALID_ARGUMENT)
  std::string token;                 // access token; empty only for the open methods
  TraceContext trace;                // a new trace when empty
  std::string request_id;  // makes a write safe to repeat; such calls, and calls marked as reads,
                           // are retried

  static CallOptions In(std::chrono::milliseconds time) {
    CallOptions options;
    options.deadline = Deadline::After(time);
    return options;
  }
};

// Metadata of our calls besides `authorization: Bearer TOKEN` and `traceparent`.
inline constexpr std::string_view kRequestIdMetadata = "request-id";
inline constexpr std::string_view kBreakGlassMetadata = "break-glass-reason-bin";  // UTF-8 text

struct CallInfo {
  std::string method;  // "pathways.registry.v1.RegistryService/GetPupil"
  access::Permission permission = access::Permission::kAnyone;
  access::Caller caller;
  std::string token;  // the one the caller sent
  Deadline deadline = Deadline::After(std::chrono::seconds(30));
  TraceContext trace;      // this call's own span
  std::string request_id;  // 0 to 64 of [A-Za-z0-9_-]; others are refused before the handler
  std::string break_glass_reason;
};

// Used by one handler; its methods may be called from any thread.
class Call {
 public:
  // Tests make their own; `cancelled` may be null.
  explicit Call(CallInfo info, std::shared_ptr<const std::atomic<bool>> cancelled = nullptr)
      : info_(std::move(info)), cancelled_(std::move(cancelled)) {}

  // For an open method (kAnyone): a caller without person or role.
  const access::Caller& caller() const { return info_.caller; }
  std::string_view method() const { return info_.method; }
  const TraceContext& trace() const { return info_.trace; }
  // Hand it to the database's transaction.
  Deadline deadline() const { return info_.deadline; }

  // The client's key for this write, or empty.
  const std::string& request_id() const { return info_.request_id; }
  // The same; INVALID_ARGUMENT when the client sent none. Every mutation asks for it and stores it
  // unique.
  absl::StatusOr<std::string> RequireRequestId() const;

  // True once the client has gone or the deadline has passed: nobody waits for the answer.
  bool cancelled() const;
  // OK, CANCELLED or DEADLINE_EXCEEDED. Ask between the steps of long work.
  absl::Status CheckAlive() const;

  // To ask another service on the caller's behalf: their token (never one of ours), this trace, and
  // the time left less `margin`, which this service keeps to answer in.
  CallOptions Forward(std::chrono::milliseconds margin = std::chrono::milliseconds(50)) const;

  // For transactions: whose rows the caller may touch, with the role that let them in and this
  // trace.
  storage::RowScope RowScope() const;
  // For RecordAccess: method, request id, break-glass reason.
  access::AccessContext AccessContext() const;

 private:
  CallInfo info_;
  std::shared_ptr<const std::atomic<bool>> cancelled_;
};

}  // namespace pathways::service
