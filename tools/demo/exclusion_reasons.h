// Why invented children are excluded: near England's shares.
#pragma once

#include <array>
#include <string_view>

#include "libs/education/day.h"
#include "tools/demo/exclusion.h"
#include "tools/demo/random.h"

namespace pathways::demo {

// One to three codes, each once, valid on the day of the decision. Persistent disruptive behaviour
// is half of those for suspensions and about a third for permanent exclusions.
// Source: Suspensions and permanent exclusions in England, autumn 2023/24.
std::array<std::string_view, 3> DrawReasons(Random& random, ExclusionKind kind, bool primary,
                                            education::Day decided_on);

}  // namespace pathways::demo
