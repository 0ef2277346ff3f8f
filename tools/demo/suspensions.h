// The suspensions of an ordinary year.
#pragma once

#include <cstdint>
#include <set>
#include <span>

#include "tools/demo/exclusion_book.h"

namespace pathways::demo {

// A few children have most of them; with SEN support, pupil premium and boys several times as many
// as others. Nobody comes near 15 days in a year, so none of these has a statutory meeting to wait
// for. `taken`: children with a story of their own.
void EnterSuspensions(const Borough& borough, std::uint64_t seed, std::span<const Stay> stays,
                      const std::set<std::uint64_t>& taken, ExclusionBook& book);

}  // namespace pathways::demo
