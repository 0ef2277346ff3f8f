// Attendance before and after, read for many pupils at once.
#pragma once

#include <set>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/session_sums.h"
#include "libs/storage/transaction.h"
#include "services/attendance/domain/school_key.h"
#include "services/attendance/store/slots.h"

namespace pathways::attendance {

// A pupil for whom something changed; `day` is the first day of "after".
struct Changed {
  education::PupilId pupil;
  education::Day day;
};

struct ComparisonQuestion {
  std::vector<Changed> changed;  // not empty
  std::vector<int> weeks;        // lengths to look at
  std::set<education::PupilId> set_apart;
};

struct BeforeAndAfter {
  education::SessionSums before;
  education::SessionSums after;
};
struct PupilSpans {
  education::PupilId pupil;
  std::vector<BeforeAndAfter> spans;  // one for each length
};
struct Comparison {
  Changed changed;
  SchoolKey school;  // where the pupil was on roll last before the day; their first if never
  std::vector<BeforeAndAfter> spans;
  std::vector<PupilSpans> alike;
  int found_alike = 0;
};

// In the order asked for; pupils the caller may not see are left out. Enrolments and
// characteristics are read once; running sums twice for each day and length, whatever the number of
// pupils.
absl::StatusOr<std::vector<Comparison>> Compare(storage::Transaction& transaction, SlotCache& cache,
                                                const ComparisonQuestion& question);

}  // namespace pathways::attendance
