// Private to this library: how its connections are set up.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathways::storage {

// What libpq is given for `uri`: UTC, ISO dates, UTF-8 and hexadecimal bytea, which Codec counts
// on; and, unless the URI says otherwise, limits that find a dead peer on either side in about 15
// s. INVALID_ARGUMENT when libpq cannot read the URI.
absl::StatusOr<std::string> ConnectionString(const std::string& uri,
                                             std::string_view application_name);

}  // namespace pathways::storage
