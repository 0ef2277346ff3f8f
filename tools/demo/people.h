// The people of the demonstration borough.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace pathways::demo {

// From the development identity provider's list (services/web/dev-idp/people.json), which says who
// they are and what they may do: the file for `pathways import people`, one row a role and place.
// INVALID_ARGUMENT when the text is something else.
absl::StatusOr<std::string> PeopleCsv(const std::string& people_json);

}  // namespace pathways::demo
