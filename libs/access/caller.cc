#include "libs/access/caller.h"

#include <algorithm>

namespace pathways::access {
namespace {

template <typename T>
bool Contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

bool Scope::CoversAuthority(education::LaCode authority) const {
  return everything || Contains(authorities, authority);
}

bool Scope::CoversSchool(education::Urn school, education::LaCode authority) const {
  return CoversAuthority(authority) || Contains(schools, school);
}

bool Caller::Has(Role role) const { return Contains(roles, role); }

bool Caller::May(Permission permission) const {
  return permission == Permission::kAnyone || RoleFor(permission).has_value();
}

std::optional<Role> Caller::RoleFor(Permission permission) const {
  const auto found =
      std::find_if(roles.begin(), roles.end(), [&](Role role) { return Grants(role, permission); });
  if (found == roles.end()) return std::nullopt;
  return *found;
}

storage::RowScope Caller::ToRowScope(Role role) const {
  storage::RowScope rows;
  rows.person = person.has_value() ? person->ToString() : "system:" + name;
  rows.role = RoleName(role);
  rows.everything = scope.everything;
  for (education::LaCode authority : scope.authorities) {
    rows.authorities.push_back(authority.value());
  }
  for (education::Urn school : scope.schools) rows.schools.push_back(school.value());
  rows.trace_id = trace_id;
  return rows;
}

storage::RowScope Caller::ToRowScope() const {
  // Somebody without a role sees nothing, whatever their scope says.
  if (roles.empty()) return storage::RowScope{};
  return ToRowScope(roles.front());
}

Caller ServiceCaller(std::string_view service) {
  Caller caller;
  caller.name = service;
  caller.organisation = "Pathways";
  caller.roles = {Role::kService};
  caller.scope = Scope::Everything();
  return caller;
}

}  // namespace pathways::access
