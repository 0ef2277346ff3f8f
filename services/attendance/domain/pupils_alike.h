// Which pupils are alike enough to compare a pupil with, for whom something changed.
//
// Alike: the same year group, the same SEN provision and the same level of absence before. Those
// alike then meet the same school weeks and holidays, and most of what would have happened anyway
// (absence that was high tends to fall again by itself) happens to both. What is not alike - why
// the one was chosen and the others not - stays: a comparison is no proof of a cause.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libs/education/identifiers.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/session_sums.h"

namespace pathways::attendance {

// Weeks before the day by whose absence pupils are matched.
inline constexpr int kMatchingWeeks = 12;
// Fewer possible sessions in those weeks do not tell a level: the usual minimum of the persistence
// rule.
inline constexpr int kFewestSessions = 20;
// Pupils compared with, at most.
inline constexpr std::size_t kNearest = 10;

struct MatchedPupil {
  education::PupilId pupil;
  education::PupilCharacteristics characteristics;  // on the day
  education::SessionSums before;                    // of the matching weeks
};

// 0 for under 5 % of possible sessions missed, then under 10, 20, 35, 50 %, and 5 for severe
// absence. Nothing when there are too few sessions.
std::optional<int> AbsenceLevel(const education::SessionSums& before);

struct Alike {
  std::vector<education::PupilId> nearest;  // at most kNearest, by difference in absence, then id
  int found = 0;                            // before the nearest were taken
};
// Of `pool`, without the pupil itself. Nobody when the pupil's year group, provision or level is
// not known.
Alike FindAlike(const MatchedPupil& pupil, std::span<const MatchedPupil> pool);

}  // namespace pathways::attendance
