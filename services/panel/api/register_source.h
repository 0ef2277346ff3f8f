// Registers of a pupil, from attendance.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/service/call.h"
#include "libs/service/client.h"
#include "services/panel/domain/attendance_there.h"

namespace pathways::panel {

// Asked under the caller's own token and within the call's deadline. Thread-safe.
class RegisterSource {
 public:
  virtual ~RegisterSource() = default;
  // Of every enrolment the caller may see; days without a mark may be missing. PERMISSION_DENIED
  // when the caller may see none at all.
  virtual absl::StatusOr<std::vector<RegisterAt>> OfPupil(const service::Call& call,
                                                          const education::PupilId& pupil,
                                                          education::Day from,
                                                          education::Day to) = 0;
};

class GrpcRegisters : public RegisterSource {
 public:
  // `attendance` must outlive it.
  explicit GrpcRegisters(service::Client& attendance) : attendance_(attendance) {}

  absl::StatusOr<std::vector<RegisterAt>> OfPupil(const service::Call& call,
                                                  const education::PupilId& pupil,
                                                  education::Day from, education::Day to) override;

 private:
  service::Client& attendance_;
};

}  // namespace pathways::panel
