// Facts over gRPC, from registry and attendance.
#pragma once

#include "libs/service/client.h"
#include "services/referrals/api/fact_source.h"

namespace pathways::referrals {

// Both clients must outlive it.
class GrpcFacts : public FactSource {
 public:
  GrpcFacts(service::Client& registry, service::Client& attendance)
      : registry_(registry), attendance_(attendance) {}

  absl::StatusOr<PupilFacts> OfPupil(const service::Call& call, const education::PupilId& pupil,
                                     education::Urn urn) override;
  absl::StatusOr<AttendanceFacts> OfAttendance(const service::Call& call,
                                               const education::PupilId& pupil,
                                               education::Urn urn) override;

 private:
  service::Client& registry_;
  service::Client& attendance_;
};

class RegistryWorkers : public WorkerDirectory {
 public:
  explicit RegistryWorkers(service::Client& registry) : registry_(registry) {}

  absl::StatusOr<Worker> Find(const service::Call& call,
                              const education::PersonId& person) override;

 private:
  service::Client& registry_;
};

}  // namespace pathways::referrals
