// What a Department might publish of such a borough's country and neighbours: invented, and said to
// be so in every row.
#pragma once

#include <string>

#include "libs/education/identifiers.h"
#include "tools/demo/borough.h"

namespace pathways::demo {

// In the columns of the national open data by geographic level, with `source`: England and the ten
// neighbours, five academic years before the one that is running, years and terms, all schools and
// by phase. The same years always have the same figures. Of one small neighbour permanent
// exclusions are suppressed, as the Department does.
std::string PublishedCsv(const Settings& settings);
// An authority's ten statistical neighbours.
std::string NeighboursCsv(education::LaCode la_code);

}  // namespace pathways::demo
