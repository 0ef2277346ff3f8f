// Rolls and calendars, as the registry has them.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"
#include "libs/rolls/roll.h"
#include "libs/service/call.h"

namespace pathways::rolls {

// Which versions are current.
struct RollVersions {
  education::LaCode la_code;
  std::int64_t roll = 0;
  std::int64_t calendar = 0;
};
using VisibleSchools = absl::flat_hash_map<education::Urn, RollVersions>;

// Asked under the caller's own token, so that nobody learns of a school they may not see.
// Thread-safe.
class RollSource {
 public:
  virtual ~RollSource() = default;

  // The schools the caller may see.
  virtual absl::StatusOr<VisibleSchools> Visible(const service::Call& call) = 0;

  // Of a school in Visible(): its enrolments of all times, and its calendar; no older than those
  // versions.
  virtual absl::StatusOr<std::shared_ptr<const Roll>> GetRoll(const service::Call& call,
                                                              education::Urn urn,
                                                              const RollVersions& versions) = 0;
  virtual absl::StatusOr<std::shared_ptr<const education::SchoolCalendar>> GetCalendar(
      const service::Call& call, education::Urn urn, const RollVersions& versions) = 0;

  // Fetches what GetRoll and GetCalendar of these schools would have to fetch, several at a time.
  // Errors are left to them.
  virtual void Warm(const service::Call& /*call*/, const VisibleSchools& /*schools*/) {}
};

}  // namespace pathways::rolls
