// Comparisons over gRPC, from attendance and exclusions.
#pragma once

#include "libs/service/client.h"
#include "services/panel/api/comparison_source.h"

namespace pathways::panel {

// Clients of the ComparisonService of each; both must outlive it.
class GrpcComparisons : public ComparisonSource {
 public:
  GrpcComparisons(service::Client& attendance, service::Client& exclusions)
      : attendance_(attendance), exclusions_(exclusions) {}

  absl::StatusOr<AttendanceByPupil> Attendance(
      const service::Call& call, const std::vector<PupilDay>& started,
      const std::vector<education::PupilId>& set_apart) override;
  absl::StatusOr<CountsByPupil> Exclusions(const service::Call& call, const WithAlike& started,
                                           const std::vector<int>& weeks) override;
  absl::StatusOr<std::vector<bool>> OnRoll(const service::Call& call,
                                           const std::vector<Return>& questions) override;

 private:
  service::Client& attendance_;
  service::Client& exclusions_;
};

}  // namespace pathways::panel
