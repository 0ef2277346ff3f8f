#include "services/referrals/api/calls.h"

namespace pathways::referrals {

storage::RowScope ReadingScope(const service::Call& call) {
  const access::Caller& caller = call.caller();
  if (const auto role = caller.RoleFor(access::Permission::kTriageRequest)) {
    return caller.ToRowScope(*role);
  }
  if (caller.Has(access::Role::kManager)) return caller.ToRowScope(access::Role::kManager);
  return call.RowScope();
}

void AddTo(service::FieldViolations& violations, std::string_view prefix,
           const std::vector<forms::Problem>& problems) {
  for (const forms::Problem& problem : problems) {
    violations.Add(std::string(prefix) + problem.field, problem.words);
  }
}

}  // namespace pathways::referrals
