// Those who were permanently excluded in the two years before the borough's.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "libs/education/day.h"
#include "tools/demo/borough.h"
#include "tools/demo/exclusion.h"

namespace pathways::demo {

struct PastPermanent {
  std::uint64_t child;
  std::size_t school;                          // that excluded
  std::array<education::Day, 2> suspended_on;  // before it
  education::Day start;
  Fate fate;
};

// Two a term, at the secondary schools in turn. One was reinstated and is still there; of another
// the review panel upheld the decision. Those excluded are now on the roll of alternative
// provision: their places on the rolls before it are added to the borough, and the day on which
// they came there is set.
std::vector<PastPermanent> PlacePermanentlyExcluded(Borough& borough, std::uint64_t seed);

}  // namespace pathways::demo
