// Children with whom something is happening that every page should be able to show. Each term of
// the borough's year has its own, so that there are some under way on any day of it.
#pragma once

#include <cstdint>
#include <set>
#include <span>

#include "tools/demo/exclusion_book.h"

namespace pathways::demo {

// Picks the children, all those of the year whatever day it is, and adds them to `taken`.
void EnterStories(const Borough& borough, std::span<const Stay> stays,
                  std::set<std::uint64_t>& taken, ExclusionBook& book);

}  // namespace pathways::demo
