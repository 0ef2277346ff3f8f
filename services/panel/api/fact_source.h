// What other services know about a pupil when a case is started, and about schools.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/service/call.h"
#include "services/panel/domain/matching.h"

namespace pathways::panel {

// No names: they stay where they are kept.
struct PupilFacts {
  education::LaCode la_code;   // of the school
  std::optional<Phase> phase;  // of the school
  std::string year_group;
  std::string sen_provision;
  bool pupil_premium = false;
  bool looked_after = false;
};

// An Early Help request.
struct RequestFacts {
  education::PupilId pupil;
  education::Urn urn;
  bool accepted = false;  // with Early Help now: accepted or allocated
};

// Key and value, as they are shown.
using KnownFacts = std::vector<std::pair<std::string, std::string>>;

// Asked under the caller's own token and within the call's deadline. Thread-safe.
class FactSource {
 public:
  virtual ~FactSource() = default;
  // NOT_FOUND when the caller may see no such pupil in that school.
  virtual absl::StatusOr<PupilFacts> OfPupil(const service::Call& call,
                                             const education::PupilId& pupil,
                                             education::Urn urn) = 0;
  // NOT_FOUND when the caller may see no such request.
  virtual absl::StatusOr<RequestFacts> OfRequest(const service::Call& call,
                                                 const std::string& request_id) = 0;
  // What was tried and what happened; each of these may be refused or absent without harm.
  virtual absl::StatusOr<KnownFacts> OfAttendance(const service::Call& call,
                                                  const education::PupilId& pupil,
                                                  education::Urn urn) = 0;
  virtual absl::StatusOr<KnownFacts> OfExclusions(const service::Call& call,
                                                  const education::PupilId& pupil) = 0;
  virtual absl::StatusOr<KnownFacts> OfReferrals(const service::Call& call,
                                                 const education::PupilId& pupil) = 0;
  // Schools of the authority that the caller may see.
  virtual absl::StatusOr<std::vector<SchoolOption>> Schools(const service::Call& call,
                                                            education::LaCode la_code) = 0;
};

}  // namespace pathways::panel
