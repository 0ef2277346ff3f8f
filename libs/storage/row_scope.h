// Whose rows a transaction may see.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pathways::storage {

// Bound to a transaction when it begins and gone when it ends; the policies that app.protect() puts
// on a table read it. A row with (la_code, urn) is seen if `everything`, or its authority is in
// `authorities`, or its school in `schools`. The default sees nothing.
struct RowScope {
  std::string person;  // opaque id, or "system:<name>"; never a name of a human being
  std::string role;
  bool everything = false;
  std::vector<std::int32_t> authorities;  // la_code
  std::vector<std::int32_t> schools;      // urn
  std::string trace_id;                   // W3C trace id, for the rows that record who did what

  // For work that is nobody's: the relay, reactions to events, migrations. Sees everything.
  static RowScope System(std::string_view name) {
    RowScope scope;
    scope.person = "system:" + std::string(name);
    scope.role = "system";
    scope.everything = true;
    return scope;
  }
};

}  // namespace pathways::storage
