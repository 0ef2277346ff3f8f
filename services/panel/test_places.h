// For tests: providers, their places and who has them.
#pragma once

#include <string>

#include "services/panel/test_sittings.h"

namespace pathways::panel {

class PlaceWorld : public SittingWorld {
 protected:
  void MakeProvider(int places = 1, int number = 800, int staff = 12) {
    v1::SaveProviderRequest request;
    v1::Provider* provider = request.mutable_provider();
    provider->set_provider_id(IdOf(number));
    provider->set_la_code(kSchool.la_code.value());
    provider->set_name("Riverside " + std::to_string(number));
    provider->set_registration("independent_school");
    provider->set_urn(150000 + number);
    provider->set_open(true);
    provider->add_person_ids(PersonIdOf(staff));
    ASSERT_TRUE(Ask<v1::SaveProviderResponse>(Clerk(), request).ok());
    for (std::size_t i = 0; i < kCheckKindNames.size(); ++i) {
      v1::RecordProviderCheckRequest check;
      check.set_provider_id(IdOf(number));
      check.mutable_check()->set_kind(std::string(kCheckKindNames.Of(static_cast<CheckKind>(i))));
      check.mutable_check()->set_outcome("met");
      check.mutable_check()->set_checked_on("2026-09-01");
      check.mutable_check()->set_next_due("2027-09-01");
      ASSERT_TRUE(Ask<v1::RecordProviderCheckResponse>(Clerk(), check).ok());
    }
    ASSERT_TRUE(MakeProgramme(places, number).ok());
  }
  absl::StatusOr<v1::Programme> MakeProgramme(int places, int number = 800,
                                              std::int64_t version = 0) {
    v1::SaveProgrammeRequest request;
    v1::Programme* programme = request.mutable_programme();
    programme->set_programme_id(IdOf(number + 1));
    programme->set_provider_id(IdOf(number));
    programme->set_name("Motor vehicle and maths");
    programme->set_tier(2);
    programme->set_phase(v1::PHASE_SECONDARY);
    programme->add_needs("behaviour");
    programme->set_pence_a_week(25'000);
    programme->set_version(version);
    for (const char* day : {"mon", "tue", "wed", "thu", "fri"}) {
      v1::DayPlaces* one = programme->add_days();
      one->set_day(day);
      one->set_places(places);
    }
    auto response = Ask<v1::SaveProgrammeResponse>(Clerk(), request);
    if (!response.ok()) return response.status();
    return response->programme();
  }
  absl::StatusOr<v1::Placement> Offer(const access::Caller& caller, const std::string& decision,
                                      int number = 600) {
    v1::OfferPlacementRequest request;
    request.set_placement_id(IdOf(number));
    request.set_decision_id(decision);
    request.set_programme_id(IdOf(801));
    request.set_start_day("2026-11-09");
    return PlacementOf(Ask<v1::OfferPlacementResponse>(caller, request));
  }
  absl::StatusOr<v1::Placement> Answer(const access::Caller& caller, const v1::Placement& seen,
                                       v1::OfferAnswer answer) {
    v1::AnswerOfferRequest request;
    request.set_placement_id(seen.placement_id());
    request.set_version(seen.version());
    request.set_answer(answer);
    request.set_reason("As we agreed on the telephone.");
    return PlacementOf(Ask<v1::AnswerOfferResponse>(caller, request));
  }
  absl::StatusOr<v1::Placement> GetPlacement(const access::Caller& caller, int number = 600) {
    v1::GetPlacementRequest request;
    request.set_placement_id(IdOf(number));
    return PlacementOf(Ask<v1::GetPlacementResponse>(caller, request));
  }

 private:
  template <typename Response>
  static absl::StatusOr<v1::Placement> PlacementOf(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->placement();
  }
};

}  // namespace pathways::panel
