// What other services know about a pupil when a draft is started, and about who may hold a case.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/service/call.h"

namespace pathways::referrals {

// No names: they stay where they are kept.
struct PupilFacts {
  education::LaCode la_code;  // of the school
  std::string year_group;
  std::string sen_provision;
  bool pupil_premium = false;
  bool looked_after = false;
};

// Sessions of this academic year in one school, so far.
struct AttendanceFacts {
  std::int64_t possible = 0;
  std::int64_t attended = 0;
  std::int64_t authorised = 0;
  std::int64_t unauthorised = 0;
  std::string absence;        // "none", "persistent" or "severe"
  std::string absence_since;  // day of the crossing into it, ISO; empty when none
};

// Asked under the caller's own token and within the call's deadline. Thread-safe.
class FactSource {
 public:
  virtual ~FactSource() = default;
  // NOT_FOUND when the caller may see no such pupil in that school.
  virtual absl::StatusOr<PupilFacts> OfPupil(const service::Call& call,
                                             const education::PupilId& pupil,
                                             education::Urn urn) = 0;
  virtual absl::StatusOr<AttendanceFacts> OfAttendance(const service::Call& call,
                                                       const education::PupilId& pupil,
                                                       education::Urn urn) = 0;
};

struct Worker {
  bool works_on_cases = false;                 // holds a role that does
  bool everywhere = false;                     // not bound to an authority
  std::vector<education::LaCode> authorities;  // else these
};

class WorkerDirectory {
 public:
  virtual ~WorkerDirectory() = default;
  // NOT_FOUND when there is no such person.
  virtual absl::StatusOr<Worker> Find(const service::Call& call,
                                      const education::PersonId& person) = 0;
};

}  // namespace pathways::referrals
