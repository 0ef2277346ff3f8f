// A service's database and its two logins.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/deadline.h"

namespace pathways::storage {

// A name is a lower-case letter, then such letters, digits and underscores, 40 characters at most.
// The logins are <name>_owner (owns everything, runs migrations) and <name>_app (what the service
// connects as: reads and writes rows, owns nothing, is bound by every policy).
struct ServiceDatabase {
  std::string name;
  std::string owner_password;
  std::string app_password;
};

// Creates what is missing and sets passwords anew; may be run again at any time. `admin_uri` is a
// superuser's, to any database of the server. INVALID_ARGUMENT when the name cannot be used.
absl::Status Provision(const std::string& admin_uri, const ServiceDatabase& database,
                       Deadline deadline);

// `uri` with another database, and with another user and password as well.
absl::StatusOr<std::string> WithDatabase(const std::string& uri, std::string_view database);
absl::StatusOr<std::string> UriFor(const std::string& uri, std::string_view database,
                                   std::string_view user, std::string_view password);

}  // namespace pathways::storage
