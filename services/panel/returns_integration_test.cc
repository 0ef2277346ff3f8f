// From a placement back into school, and who sees what of it, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "libs/access/permission.h"
#include "services/panel/test_returns.h"

namespace pathways::panel {
namespace {

using access::Role;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Returns : public ReturnWorld {
 protected:
  static absl::StatusCode CodeOf(const absl::Status& status) { return status.code(); }

  absl::StatusOr<v1::GetPlacementCountsResponse> Counts(const access::Caller& caller) {
    return AskOf<v1::GetPlacementCountsResponse>(placed_, caller, v1::GetPlacementCountsRequest());
  }
  absl::StatusOr<v1::GetAttendanceThereResponse> There(const access::Caller& caller) {
    v1::GetAttendanceThereRequest request;
    request.set_placement_id(IdOf(600));
    return AskOf<v1::GetAttendanceThereResponse>(placed_, caller, request);
  }
  // A managed move to another school, decided.
  std::string DecidedMove() {
    const auto panel_case = Referred();
    Planned();
    Opened();
    v1::DecisionTerms terms;
    terms.set_kind(v1::DECISION_KIND_MANAGED_MOVE);
    terms.set_receiving_urn(kOther.urn.value());
    terms.set_until("2027-02-12");
    terms.set_parents_agree(true);
    terms.set_receiving_school_agrees(true);
    terms.set_reasons("A fresh start that everybody wants.");
    terms.set_way(v1::DECISION_WAY_AGREEMENT);
    const auto proposed = Propose(Clerk(), panel_case.case_id(), terms);
    EXPECT_TRUE(proposed.ok()) << proposed.status();
    const auto final = SignOff(*proposed);
    EXPECT_TRUE(final.ok()) << final.status();
    return final->decision().decision_id();
  }
};

// Every method and every role: a new method needs a line here.
TEST_F(Returns, AreForThoseWhoSeePlacements) {
  const std::set<Role> may = {Role::kSchool,   Role::kInclusionOfficer, Role::kManager,
                              Role::kOperator, Role::kPanelClerk,       Role::kPanelChair,
                              Role::kProvider};
  for (const service::Endpoint* endpoint : {&returns_, &placed_}) {
    for (const auto& method : endpoint->methods()) {
      for (int number = 0; number < access::kRoleCount; ++number) {
        const auto role = static_cast<Role>(number);
        EXPECT_EQ(access::Grants(role, method.permission), may.contains(role))
            << method.name << ' ' << access::RoleName(role);
      }
    }
  }
}

TEST_F(Returns, FromADraftToAReturnThatHeld) {
  Decided();
  MakeProvider();
  Started();
  clock_.Advance(std::chrono::hours(24 * 63));  // 11 January 2027
  EXPECT_EQ(CodeOf(GetPlan(Officer()).status()), absl::StatusCode::kNotFound);
  EXPECT_THAT(Fields(EndIt(Officer(), "new_school", "2027-01-11").status()), ElementsAre("reason"))
      << "no return without a plan that is agreed";
  EXPECT_EQ(CodeOf(SavePlan(Manager()).status()), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(SavePlan(OtherSchool()).status()), absl::StatusCode::kNotFound);
  EXPECT_EQ(CodeOf(SavePlan(ProviderStaff(13)).status()), absl::StatusCode::kNotFound);

  const auto drafted = SavePlan(ProviderStaff(), 0, kOther.urn);
  ASSERT_TRUE(drafted.ok()) << drafted.status();
  EXPECT_THAT(drafted->lacks(), ElementsAre(HasSubstr("at least one step")));
  EXPECT_EQ(CodeOf(SavePlan(Officer(), 0, kOther.urn).status()), absl::StatusCode::kAborted)
      << "a second first version is a colleague's";
  EXPECT_EQ(CodeOf(GetPlan(OtherSchool()).status()), absl::StatusCode::kNotFound)
      << "not before it is agreed";
  EXPECT_THAT(Fields(Agree(Officer(), *drafted).status()), ElementsAre("steps"));
  const auto stepped = SaveStep(SchoolStaff(), *drafted);
  ASSERT_TRUE(stepped.ok()) << stepped.status();
  EXPECT_THAT(stepped->lacks(), IsEmpty());
  EXPECT_EQ(CodeOf(SaveStep(Officer(), *drafted).status()), absl::StatusCode::kAborted);
  EXPECT_EQ(CodeOf(Agree(ProviderStaff(), *stepped).status()), absl::StatusCode::kPermissionDenied);

  const auto agreed = Agree(Officer(), *stepped);
  ASSERT_TRUE(agreed.ok()) << agreed.status();
  EXPECT_EQ(agreed->state(), v1::PLAN_STATE_AGREED);
  const auto received = GetPlan(OtherSchool());
  ASSERT_TRUE(received.ok()) << "the school it goes to has the plan: " << received.status();
  EXPECT_EQ(received->pupil_view(), "Wants to start with science.");
  EXPECT_EQ(received->steps(0).what(), "Meet the form tutor");
  EXPECT_EQ(Counts(OtherSchool())->returns_coming(), 1);
  const auto managers = GetPlan(Manager());
  ASSERT_TRUE(managers.ok()) << managers.status();
  EXPECT_EQ(managers->first_day(), "2027-01-13");
  EXPECT_EQ(managers->support() + managers->pupil_view() + managers->steps(0).what(), "");

  EXPECT_EQ(CodeOf(SaveStep(SchoolStaff(), *agreed, 651).status()),
            absl::StatusCode::kFailedPrecondition)
      << "agreed: the authority alone changes it";
  const auto reopened = SavePlan(Officer(), agreed->version(), kOther.urn);
  ASSERT_TRUE(reopened.ok()) << reopened.status();
  EXPECT_EQ(reopened->state(), v1::PLAN_STATE_DRAFT);
  EXPECT_EQ(CodeOf(GetPlan(OtherSchool()).status()), absl::StatusCode::kNotFound);
  const auto again = Agree(Officer(), *reopened);
  ASSERT_TRUE(again.ok()) << again.status();

  const auto ended = EndIt(ProviderStaff(), "new_school", "2027-01-11");
  ASSERT_TRUE(ended.ok()) << ended.status();
  v1::CompleteStepRequest done;
  done.set_placement_id(IdOf(600));
  done.set_step_id(IdOf(650));
  const auto stepped_on = AskOf<v1::CompleteStepResponse>(returns_, OtherSchool(), done);
  ASSERT_TRUE(stepped_on.ok()) << stepped_on.status();
  EXPECT_EQ(stepped_on->plan().steps(0).done_by(), PersonIdOf(2));
  clock_.Advance(std::chrono::hours(24 * 16));  // 27 January
  const auto first =
      ReviewReturn(OtherSchool(), stepped_on->plan(), "2027-01-27", "going_well", "2027-04-21");
  ASSERT_TRUE(first.ok()) << first.status();
  const auto last = ReviewReturn(Officer(), *first, "2027-01-27", "held", "");
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(last->state(), v1::PLAN_STATE_HELD);
  EXPECT_EQ(last->reviews_size(), 2);

  EXPECT_THAT(Published(),
              ElementsAre("CaseReferred 1", "CaseScheduled 2", "PanelDecided 3",
                          "ProviderChanged 1", "PlacementOffered 1", "PlacementAnswered 2",
                          "PlacementStarted 3", "ReintegrationPlanned 4", "ReintegrationPlanned 5",
                          "ReintegrationPlanned 6", "PlacementEnded 7", "PupilReintegrated 8"));
  EXPECT_THAT(Kinds(SchoolStaff()), Contains("pupil_reintegrated").Times(1));
  v1::ListPlansRequest list;
  list.set_to_urn(kOther.urn.value());
  EXPECT_EQ(AskOf<v1::ListPlansResponse>(returns_, OtherSchool(), list)->total(), 1);
  EXPECT_EQ(AskOf<v1::ListPlansResponse>(returns_, ProviderStaff(13), list)->total(), 0);
}

TEST_F(Returns, SchoolThatTakesThePupilAnswersAndKeepsThem) {
  const std::string decision = DecidedMove();
  v1::OfferPlacementRequest request;
  request.set_placement_id(IdOf(600));
  request.set_decision_id(decision);
  request.set_start_day("2026-11-09");
  request.set_message("Needs a quiet place at break.");
  const auto offered = Ask<v1::OfferPlacementResponse>(Officer(), request);
  ASSERT_TRUE(offered.ok()) << offered.status();
  const auto seen = GetPlacement(OtherSchool());
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->message(), "Needs a quiet place at break.");
  EXPECT_EQ(GetPlacement(Manager())->message(), "");
  EXPECT_EQ(Counts(OtherSchool())->to_answer(), 1);
  EXPECT_EQ(Counts(SchoolStaff())->to_answer(), 0) << "the other school's to answer";
  EXPECT_EQ(CodeOf(Answer(SchoolStaff(), *seen, v1::OFFER_ANSWER_ACCEPT).status()),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(CodeOf(Answer(Manager(), *seen, v1::OFFER_ANSWER_ACCEPT).status()),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(Answer(OtherSchool(), *seen, v1::OFFER_ANSWER_WITHDRAW).status()),
            absl::StatusCode::kPermissionDenied);
  const auto accepted = Answer(OtherSchool(), *seen, v1::OFFER_ANSWER_ACCEPT);
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  EXPECT_EQ(CodeOf(Answer(OtherSchool(), *seen, v1::OFFER_ANSWER_DECLINE).status()),
            absl::StatusCode::kAborted);
  clock_.Advance(std::chrono::hours(24 * 70));
  v1::StartPlacementRequest start;
  start.set_placement_id(IdOf(600));
  start.set_version(accepted->version());
  start.set_start_day("2026-11-09");
  ASSERT_TRUE(Ask<v1::StartPlacementResponse>(Officer(), start).ok());
  EXPECT_THAT(Fields(EndIt(Officer(), "returned_to_school", "2027-01-11").status()),
              ElementsAre("reason"));
  ASSERT_TRUE(EndIt(Officer(), "new_school", "2027-01-11").ok()) << "the trial went well";
  EXPECT_THAT(Published(), Contains("PupilReintegrated 5"));
}

TEST_F(Returns, AttendanceThereIsToldToThoseWhoMaySeeRegisters) {
  Decided();
  MakeProvider();
  Started();
  EXPECT_EQ(There(Officer())->source(), v1::ATTENDANCE_SOURCE_UNSPECIFIED);
  const education::Day first(std::chrono::year(2026) / 11 / 9);
  registers_.registers = {{kSchool.urn, {{first, "B", "O"}}}};
  for (const auto& caller : {Officer(), SchoolStaff(), Manager()}) {
    const auto there = There(caller);
    ASSERT_TRUE(there.ok()) << there.status();
    EXPECT_EQ(there->source(), v1::ATTENDANCE_SOURCE_HOME_REGISTER);
    EXPECT_EQ(there->since_start().possible(), 2);
    EXPECT_EQ(there->since_start().attended(), 1);
  }
  EXPECT_EQ(There(ProviderStaff())->source(), v1::ATTENDANCE_SOURCE_NOT_ALLOWED);
  registers_.status = absl::UnavailableError("down");
  EXPECT_EQ(There(Officer())->source(), v1::ATTENDANCE_SOURCE_NOT_ANSWERING);
  EXPECT_EQ(CodeOf(There(OtherSchool()).status()), absl::StatusCode::kNotFound);
  EXPECT_EQ(Counts(ProviderStaff())->placed(), 1);
  EXPECT_EQ(Counts(ProviderStaff(13))->placed(), 0);
}

TEST_F(Returns, OfficerEntersProvidersAndASecondEditorIsTold) {
  MakeProvider();
  v1::ListProvidersRequest list;
  auto provider = Ask<v1::ListProvidersResponse>(Officer(), list)->providers(0);
  EXPECT_FALSE(provider.located());
  v1::SaveProviderRequest save;
  *save.mutable_provider() = provider;
  save.mutable_provider()->set_easting(504'960);
  save.mutable_provider()->set_northing(249'570);
  const auto saved = Ask<v1::SaveProviderResponse>(Officer(), save);
  ASSERT_TRUE(saved.ok()) << saved.status();
  EXPECT_TRUE(saved->provider().located());
  EXPECT_EQ(saved->provider().updated_by(), PersonIdOf(5));
  const auto late = Ask<v1::SaveProviderResponse>(Clerk(), save);
  EXPECT_EQ(CodeOf(late.status()), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(late.status().message()), HasSubstr(PersonIdOf(5)));
  EXPECT_EQ(CodeOf(Ask<v1::SaveProviderResponse>(ProviderStaff(), save).status()),
            absl::StatusCode::kPermissionDenied);
  save.mutable_provider()->set_version(saved->provider().version());
  save.mutable_provider()->set_northing(0);
  EXPECT_THAT(Fields(Ask<v1::SaveProviderResponse>(Clerk(), save).status()),
              ElementsAre("provider.easting"));
}

TEST_F(Returns, DistanceComesFromTheRegisterOfSchools) {
  const auto keep = [&](education::Urn urn, const Grid& grid) {
    auto status = storage::RunInTransaction(
        *pool_, storage::RowScope::System("panel.schools"), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) {
          return KeepSchoolPhase(transaction, urn, kSchool.la_code, Phase::kSecondary, grid);
        });
    ASSERT_TRUE(status.ok()) << status;
  };
  MakeProvider();
  Referred();
  v1::MatchPlacesRequest request;
  request.set_case_id(IdOf(1));
  request.set_kind(v1::DECISION_KIND_ALTERNATIVE_PROVISION);
  request.set_tier(2);
  EXPECT_EQ(Ask<v1::MatchPlacesResponse>(Officer(), request)->options(0).metres(), -1);
  keep(kSchool.urn, {500'000, 250'000});
  keep(*education::Urn::FromInt(150'800), {503'000, 254'000});
  const auto matched = Ask<v1::MatchPlacesResponse>(Officer(), request);
  EXPECT_EQ(matched->options(0).metres(), 5'000) << "the provider is a school of that register";
  EXPECT_THAT(matched->options(0).reasons(), Contains(HasSubstr("5 km")));
}

}  // namespace
}  // namespace pathways::panel
