// What to tell the world when crossings were worked out anew.
#pragma once

#include <vector>

#include "services/attendance/domain/school_timeline.h"

namespace pathways::attendance {

struct CrossingChanges {
  std::vector<EnrolmentCrossing> withdrawn;  // held before, holds no longer
  std::vector<EnrolmentCrossing> added;      // holds now, did not before
  // Holds as before, on other figures: stored, not told again. A statement is made once.
  std::vector<EnrolmentCrossing> refreshed;

  bool empty() const { return withdrawn.empty() && added.empty() && refreshed.empty(); }
};

// A crossing is the same when enrolment, day and kind are.
CrossingChanges Compare(const std::vector<EnrolmentCrossing>& known,
                        const std::vector<EnrolmentCrossing>& now);

}  // namespace pathways::attendance
