#include "services/exclusions/domain/rates.h"

#include <set>

namespace pathways::exclusions {

ExclusionCounts CountExclusions(std::span<const Exclusion> exclusions, const DaySpan& span) {
  ExclusionCounts counts;
  std::set<education::PupilId> suspended;
  for (const Exclusion& exclusion : exclusions) {
    if (!span.Contains(exclusion.start) || !CountsInStatistics(exclusion)) continue;
    if (exclusion.kind == Kind::kPermanent) {
      ++counts.perm_excl;
    } else {
      ++counts.suspension;
      suspended.insert(exclusion.pupil);
    }
  }
  counts.one_plus_susp = static_cast<std::int64_t>(suspended.size());
  return counts;
}

}  // namespace pathways::exclusions
