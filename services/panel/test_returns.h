// For tests: pupils at their placements, and their return to a school.
#pragma once

#include <string>
#include <vector>

#include "pathways/panel/v1/placed.pb.h"
#include "pathways/panel/v1/reintegration.pb.h"
#include "services/panel/api/placed_api.h"
#include "services/panel/api/reintegration_api.h"
#include "services/panel/test_places.h"

namespace pathways::panel {

class FakeRegisters : public RegisterSource {
 public:
  absl::StatusOr<std::vector<RegisterAt>> OfPupil(const service::Call&, const education::PupilId&,
                                                  education::Day, education::Day) override {
    if (!status.ok()) return status;
    return registers;
  }

  absl::Status status;
  std::vector<RegisterAt> registers;
};

class ReturnWorld : public PlaceWorld {
 protected:
  ReturnWorld()
      : returns_(ReintegrationEndpoint(parts_)), placed_(PlacedEndpoint({parts_, registers_})) {}

  template <typename Response, typename Request>
  absl::StatusOr<Response> AskOf(const service::Endpoint& endpoint, const access::Caller& caller,
                                 const Request& request) {
    const std::string name = Request::descriptor()->name();
    Response response;
    auto status =
        service::CallUnary(endpoint, name.substr(0, name.size() - 7), caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  // Offered, accepted and begun on 9 November 2026, which is a week from now on.
  v1::Placement Started(int number = 600) {
    auto offered = Offer(Officer(), IdOf(700), number);
    EXPECT_TRUE(offered.ok()) << offered.status();
    auto accepted = Answer(ProviderStaff(), *offered, v1::OFFER_ANSWER_ACCEPT);
    EXPECT_TRUE(accepted.ok()) << accepted.status();
    clock_.Advance(std::chrono::hours(24 * 7));
    v1::StartPlacementRequest start;
    start.set_placement_id(IdOf(number));
    start.set_version(accepted->version());
    start.set_start_day("2026-11-09");
    const auto started = Ask<v1::StartPlacementResponse>(ProviderStaff(), start);
    EXPECT_TRUE(started.ok()) << started.status();
    return started->placement();
  }
  absl::StatusOr<v1::Placement> EndIt(const access::Caller& caller, const std::string& reason,
                                      const std::string& day) {
    v1::EndPlacementRequest end;
    end.set_placement_id(IdOf(600));
    end.set_version(GetPlacement(Officer())->version());
    end.set_day(day);
    end.set_reason(reason);
    auto ended = Ask<v1::EndPlacementResponse>(caller, end);
    if (!ended.ok()) return ended.status();
    return ended->placement();
  }

  absl::StatusOr<v1::ReintegrationPlan> GetPlan(const access::Caller& caller) {
    v1::GetPlanRequest request;
    request.set_placement_id(IdOf(600));
    return PlanOf(AskOf<v1::GetPlanResponse>(returns_, caller, request));
  }
  // To `to`, on 13 January 2027.
  absl::StatusOr<v1::ReintegrationPlan> SavePlan(const access::Caller& caller,
                                                 std::int64_t version = 0,
                                                 education::Urn to = kSchool.urn) {
    v1::SavePlanRequest request;
    request.set_placement_id(IdOf(600));
    request.set_version(version);
    request.set_to_urn(to.value());
    request.set_first_day("2027-01-13");
    request.set_support("The same mentor, at the gate every morning.");
    request.set_pupil_view("Wants to start with science.");
    request.set_parent_view("Glad that it is short.");
    request.set_next_review("2027-01-27");
    return PlanOf(AskOf<v1::SavePlanResponse>(returns_, caller, request));
  }
  absl::StatusOr<v1::ReintegrationPlan> SaveStep(const access::Caller& caller,
                                                 const v1::ReintegrationPlan& seen,
                                                 int number = 650) {
    v1::SaveStepRequest request;
    request.set_placement_id(IdOf(600));
    request.set_version(seen.version());
    request.mutable_step()->set_step_id(IdOf(number));
    request.mutable_step()->set_what("Meet the form tutor");
    request.mutable_step()->set_owner_agency("receiving_school");
    request.mutable_step()->set_due("2027-01-12");
    return PlanOf(AskOf<v1::SaveStepResponse>(returns_, caller, request));
  }
  absl::StatusOr<v1::ReintegrationPlan> Agree(const access::Caller& caller,
                                              const v1::ReintegrationPlan& seen) {
    v1::AgreePlanRequest request;
    request.set_placement_id(IdOf(600));
    request.set_version(seen.version());
    request.set_school_agrees(true);
    request.set_parents_agree(true);
    return PlanOf(AskOf<v1::AgreePlanResponse>(returns_, caller, request));
  }
  absl::StatusOr<v1::ReintegrationPlan> ReviewReturn(const access::Caller& caller,
                                                     const v1::ReintegrationPlan& seen,
                                                     const std::string& day,
                                                     const std::string& outcome,
                                                     const std::string& next) {
    v1::ReviewReturnRequest request;
    request.set_placement_id(IdOf(600));
    request.set_version(seen.version());
    request.mutable_review()->set_day(day);
    request.mutable_review()->set_outcome(outcome);
    request.mutable_review()->set_words("In every lesson but French.");
    request.mutable_review()->set_next_review(next);
    return PlanOf(AskOf<v1::ReviewReturnResponse>(returns_, caller, request));
  }

  FakeRegisters registers_;
  service::Endpoint returns_;
  service::Endpoint placed_;

 private:
  template <typename Response>
  static absl::StatusOr<v1::ReintegrationPlan> PlanOf(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->plan();
  }
};

}  // namespace pathways::panel
