// What attendance and exclusions say about pupils before and after a day.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/service/call.h"
#include "services/panel/domain/effect.h"
#include "services/panel/domain/fairness.h"

namespace pathways::panel {

// Something began for the pupil on that day.
using PupilDay = std::pair<education::PupilId, education::Day>;

struct SessionsAround {
  Sessions before;
  Sessions after;
};
struct AttendanceAround {
  std::vector<SessionsAround> own;  // one for each of kEffectWeeks
  std::vector<education::PupilId> alike;
  std::vector<std::vector<SessionsAround>> of_alike;  // of each of them
};
struct CountsAround {
  int suspensions_before = 0;
  int suspensions_after = 0;
  int permanent_after = 0;
};

// Asked under the caller's own token and within the call's deadline, for many pupils at a time.
// Thread-safe.
class ComparisonSource {
 public:
  virtual ~ComparisonSource() = default;

  using AttendanceByPupil = std::map<PupilDay, AttendanceAround>;
  // Over kEffectWeeks. Those the caller may not see are missing.
  virtual absl::StatusOr<AttendanceByPupil> Attendance(
      const service::Call& call, const std::vector<PupilDay>& started,
      const std::vector<education::PupilId>& set_apart) = 0;

  using CountsByPupil = std::map<PupilDay, std::vector<CountsAround>>;
  // Of these pupils and those they are compared with, one for each of `weeks`; who is missing has
  // none.
  using WithAlike = std::map<PupilDay, std::vector<education::PupilId>>;
  virtual absl::StatusOr<CountsByPupil> Exclusions(const service::Call& call,
                                                   const WithAlike& started,
                                                   const std::vector<int>& weeks) = 0;

  // In the order asked.
  virtual absl::StatusOr<std::vector<bool>> OnRoll(const service::Call& call,
                                                   const std::vector<Return>& questions) = 0;
};

}  // namespace pathways::panel
