#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/access/permission.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/storage/row_scope.h"

namespace pathways::access {

// Whose records a caller may touch at all. Empty: nobody's.
struct Scope {
  bool everything = false;  // the whole installation
  std::vector<education::LaCode> authorities;
  std::vector<education::Urn> schools;
  std::vector<std::string> teams;  // ids of Early Help teams

  static Scope Everything() {
    Scope scope;
    scope.everything = true;
    return scope;
  }

  // True when the school, or its authority, is within the scope.
  bool CoversSchool(education::Urn school, education::LaCode authority) const;
  bool CoversAuthority(education::LaCode authority) const;
  bool operator==(const Scope&) const = default;
};

// Who is asking: what a verified access token says. A plain value, safe to copy and to read from
// any thread.
struct Caller {
  std::optional<education::PersonId> person;  // none: nobody signed in, or a service by itself
  std::string name;                           // for showing; never logged
  std::string organisation;                   // for showing, e.g. "Priory Primary School"
  std::vector<Role> roles;
  Scope scope;
  education::Instant expires{};
  std::string trace_id;  // of the call this caller is making, 32 hex digits; empty outside a call

  // Whether somebody, or a service, has been authenticated.
  bool Authenticated() const { return !roles.empty(); }
  bool Has(Role role) const;
  // True when any of the roles grants it.
  bool May(Permission permission) const;
  // The first role that grants it: what the access log writes as the role that was used.
  std::optional<Role> RoleFor(Permission permission) const;

  // The second wall: what PostgreSQL's row-level security holds every transaction of this caller
  // to. Rows that record who did what name `role`: the one that was used.
  storage::RowScope ToRowScope(Role role) const;
  // With the first role.
  storage::RowScope ToRowScope() const;
};

// A service acting for nobody (reactions to events, background work): all rows, role kService.
Caller ServiceCaller(std::string_view service);

}  // namespace pathways::access
