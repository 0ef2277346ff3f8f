// What of the trends does not follow from a change of an exclusion.
#pragma once

#include "absl/status/status.h"
#include "libs/education/clock.h"
#include "libs/storage/pool.h"

namespace pathways::exclusions {

// One thread at a time.
class TrendUpkeep {
 public:
  TrendUpkeep(storage::Pool& pool, const education::Clock& clock) : pool_(pool), clock_(clock) {}

  // Now and then: builds cells that were never built, counts headcounts whose roll or day changed,
  // and moves cases to the phase and locality their school now has.
  absl::Status Run();

 private:
  absl::Status BuildIfMissing();
  absl::Status CountHeads();
  absl::Status FollowSchools();

  storage::Pool& pool_;
  const education::Clock& clock_;
  // Schools may have moved since their cases were last looked at.
  bool follow_ = true;
};

}  // namespace pathways::exclusions
