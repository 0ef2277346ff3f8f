// A service's database and its two logins.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/deadline.h"

namespace pathways::storage {

// Letters, digits and underscores, at most 40 characters. The logins are <name>_owner (owns everything, runs migrations)
// and <name>_app (what the service connects as: reads and writes rows, owns nothing, is bound by every policy).
struct ServiceDatabase {
  std::string name;
  std::string owner_password;
  std::string app_password;
};

// Creates what is missing and sets passwords and limits anew; may be run again at any time. `admin_uri` is a superuser's,
// to any database of the server. INVALID_ARGUMENT when the name cannot be used.
absl::Status Provision(const std::string& admin_uri, const ServiceDatabase& database, Deadline deadline);

// `uri` with another database, user and password.
absl::StatusOr<std::string> UriFor(const std::string& uri, std::string_view database, std::string_view user,
                                   std::string_view password);

}  // namespace pathways::storage
