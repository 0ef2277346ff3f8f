#include "services/panel/api/calls.h"

namespace pathways::panel {

using access::Permission;
using access::Role;

storage::RowScope ReadingScope(const service::Call& call) {
  const access::Caller& caller = call.caller();
  for (const Permission permission : {Permission::kManagePanel, Permission::kWritePanelCase}) {
    if (const auto role = caller.RoleFor(permission)) return caller.ToRowScope(*role);
  }
  return call.RowScope();
}

bool WorksForAuthority(const access::Caller& caller) {
  return caller.May(Permission::kManagePanel) || caller.Has(Role::kInclusionOfficer);
}

Pen PenOf(const PanelParts& parts, const service::Call& call, const std::string& origin_trace_id) {
  service::TraceContext trace = call.trace();
  trace.trace_id = origin_trace_id;
  return {.outbox = *parts.outbox,
          .access = call.AccessContext(),
          .traceparent = trace.ToTraceparent()};
}

absl::Status ToStatus(const std::vector<forms::Problem>& problems, std::string_view prefix,
                      absl::StatusCode code) {
  return service::FieldViolations().AddAll(prefix, problems).ToStatus(code);
}

}  // namespace pathways::panel
