#include "libs/service/call.h"

namespace pathways::service {

absl::StatusOr<std::string> Call::RequireRequestId() const {
  if (info_.request_id.empty()) {
    return absl::InvalidArgumentError(
        "Send a request-id with this call, so that it can be repeated safely");
  }
  return info_.request_id;
}

bool Call::cancelled() const {
  return (cancelled_ != nullptr && cancelled_->load()) || info_.deadline.passed();
}

absl::Status Call::CheckAlive() const {
  if (info_.deadline.passed()) return absl::DeadlineExceededError("the deadline has passed");
  if (cancelled()) return absl::CancelledError("the client has gone");
  return absl::OkStatus();
}

CallOptions Call::Forward(std::chrono::milliseconds margin) const {
  CallOptions options;
  options.deadline = Deadline::At(info_.deadline.when() - margin);
  options.token = info_.token;
  options.trace = info_.trace.Child();
  return options;
}

storage::RowScope Call::RowScope() const {
  const auto role = info_.caller.RoleFor(info_.permission);
  return role.has_value() ? info_.caller.ToRowScope(*role) : info_.caller.ToRowScope();
}

access::AccessContext Call::AccessContext() const {
  return {info_.method, info_.request_id, info_.break_glass_reason};
}

}  // namespace pathways::service
