// Facts over gRPC, from registry, attendance, exclusions and referrals.
#pragma once

#include "libs/service/client.h"
#include "services/panel/api/fact_source.h"

namespace pathways::panel {

// All clients must outlive it.
class GrpcFacts : public FactSource {
 public:
  struct Clients {
    service::Client& registry;
    service::Client& attendance;
    service::Client& exclusions;
    service::Client& referrals;
  };
  explicit GrpcFacts(Clients clients) : clients_(clients) {}

  absl::StatusOr<PupilFacts> OfPupil(const service::Call& call, const education::PupilId& pupil,
                                     education::Urn urn) override;
  absl::StatusOr<RequestFacts> OfRequest(const service::Call& call,
                                         const std::string& request_id) override;
  absl::StatusOr<KnownFacts> OfAttendance(const service::Call& call,
                                          const education::PupilId& pupil,
                                          education::Urn urn) override;
  absl::StatusOr<KnownFacts> OfExclusions(const service::Call& call,
                                          const education::PupilId& pupil) override;
  absl::StatusOr<KnownFacts> OfReferrals(const service::Call& call,
                                         const education::PupilId& pupil) override;
  absl::StatusOr<std::vector<SchoolOption>> Schools(const service::Call& call,
                                                    education::LaCode la_code) override;

 private:
  Clients clients_;
};

}  // namespace pathways::panel
