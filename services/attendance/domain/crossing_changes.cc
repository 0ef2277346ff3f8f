#include "services/attendance/domain/crossing_changes.h"

#include <map>
#include <tuple>

namespace pathways::attendance {
namespace {

using Key = std::tuple<education::EnrolmentId, education::Day, education::CrossingKind>;

Key KeyOf(const EnrolmentCrossing& crossing) {
  return {crossing.enrolment, crossing.day, crossing.kind};
}

}  // namespace

CrossingChanges Compare(const std::vector<EnrolmentCrossing>& known,
                        const std::vector<EnrolmentCrossing>& now) {
  CrossingChanges changes;
  std::map<Key, const EnrolmentCrossing*> before;
  for (const EnrolmentCrossing& crossing : known) before.emplace(KeyOf(crossing), &crossing);
  for (const EnrolmentCrossing& crossing : now) {
    const auto same = before.find(KeyOf(crossing));
    if (same == before.end()) {
      changes.added.push_back(crossing);
      continue;
    }
    if (*same->second != crossing) changes.refreshed.push_back(crossing);
    before.erase(same);
  }
  for (const EnrolmentCrossing& crossing : known) {
    if (before.contains(KeyOf(crossing))) changes.withdrawn.push_back(crossing);
  }
  return changes;
}

}  // namespace pathways::attendance
