// Three years of suspensions and permanent exclusions: those of ordinary years at near England's
// rates, and the children whose stories stories.cc and past_permanent.cc tell.
#pragma once

#include "tools/demo/borough.h"

namespace pathways::demo {

// To a borough with calendars, enrolments and past rolls. Moves those who were permanently excluded
// in the years before.
void AddExclusions(Borough& borough, const Settings& settings);

}  // namespace pathways::demo
