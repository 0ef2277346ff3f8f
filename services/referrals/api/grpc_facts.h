// Facts over gRPC, from registry and attendance.
#pragma once

#include "libs/service/client.h"
#include "pathways/attendance/v1/service.pb.h"
#include "pathways/registry/v1/service.pb.h"
#include "services/referrals/api/fact_source.h"

namespace pathways::referrals {

// What the answers say of one school; a pupil may have been on its roll twice.
AttendanceFacts FactsOf(const attendance::v1::GetPupilAttendanceResponse& answer,
                        education::Urn urn);
// NOT_FOUND when the pupil was never on the school's roll.
absl::StatusOr<PupilFacts> FactsOf(const registry::v1::Pupil& pupil,
                                   const registry::v1::School& school);
Worker WorkerOf(const registry::v1::Person& person);

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
