// The people of the demonstration borough.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/demo/school.h"

namespace pathways::demo {

// From the development identity provider's list (services/web/dev-idp/people.json), which says who
// they are and what they may do: the file for `pathways import people`, one row a role and place.
// Places are left out whose school the borough does not have. INVALID_ARGUMENT when the text is
// something else.
absl::StatusOr<std::string> PeopleCsv(const std::string& people_json,
                                      const std::vector<School>& schools);

}  // namespace pathways::demo
