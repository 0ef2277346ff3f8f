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

}  // namespace pathways::referrals
