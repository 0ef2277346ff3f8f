// How cases come to the panel, on a real PostgreSQL: an Early Help request that is stepped up, and
// decisions about pupils at risk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/panel/reactions/risk_reaction.h"
#include "services/panel/test_world.h"

namespace pathways::panel {
namespace {

using exclusions::v1::ExclusionRiskDecided;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Origins : public PanelWorld {
 protected:
  Origins() : risk_(outbox_, ids_, clock_) { KnowSchool(); }

  absl::StatusOr<v1::PanelCase> StepUp(const access::Caller& caller, int number = 1) {
    v1::CreateCaseRequest request;
    request.set_case_id(IdOf(number));
    request.set_pupil_id(testing::MakePupilId(1).ToString());
    request.set_urn(kSchool.urn.value());
    request.set_request_id(IdOf(300));
    return CaseOf(Ask<v1::CreateCaseResponse>(caller, request));
  }
  void Decide(const std::string& decision, int proposal = 400, int pupil = 2) {
    ExclusionRiskDecided message;
    auto* figures = message.mutable_figures();
    figures->set_proposal_id(IdOf(proposal));
    figures->set_pupil_id(testing::MakePupilId(pupil).ToString());
    figures->set_urn(kSchool.urn.value());
    figures->set_la_code(kSchool.la_code.value());
    message.set_decision(decision);
    message.set_person_id(PersonIdOf(5));
    const std::vector<events::Event> events = {EventOf(message)};
    const auto status = storage::RunInTransaction(
        *pool_, storage::RowScope::System(risk_.spec().name), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return risk_.Apply(transaction, events); });
    ASSERT_TRUE(status.ok()) << status;
  }
  std::vector<v1::PanelCase> Of(v1::Origin origin, const access::Caller& caller = Officer()) {
    v1::ListCasesRequest request;
    request.set_origin(origin);
    const auto listed = Ask<v1::ListCasesResponse>(caller, request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->cases().begin(), listed->cases().end()};
  }

  RiskReaction risk_;
};

TEST_F(Origins, AnOfficerStepsAnAcceptedRequestUpOnce) {
  EXPECT_EQ(StepUp(Officer()).status().code(), absl::StatusCode::kNotFound);
  facts_.request = RequestFacts{testing::MakePupilId(1), kSchool.urn, false};
  EXPECT_EQ(StepUp(Officer()).status().code(), absl::StatusCode::kFailedPrecondition);
  facts_.request = RequestFacts{testing::MakePupilId(3), kSchool.urn, true};
  EXPECT_THAT(Fields(StepUp(Officer()).status()), ElementsAre("request_id"));
  facts_.request = RequestFacts{testing::MakePupilId(1), kSchool.urn, true};
  EXPECT_EQ(StepUp(SchoolStaff()).status().code(), absl::StatusCode::kPermissionDenied);
  const auto made = StepUp(Officer());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->origin(), v1::ORIGIN_STEP_UP);
  EXPECT_EQ(made->request_id(), IdOf(300));
  EXPECT_THAT(made->facts(), Not(IsEmpty())) << "what was tried is filled in";
  EXPECT_EQ(StepUp(Officer(), 2).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(Of(v1::ORIGIN_STEP_UP), SizeIs(1));
  EXPECT_THAT(Of(v1::ORIGIN_OFFICER), IsEmpty());
}

TEST_F(Origins, ADecisionAboutAPupilAtRiskOpensACaseAndADifferentOneClosesIt) {
  Decide("early_help");
  EXPECT_THAT(Of(v1::ORIGIN_RISK_OF_EXCLUSION), IsEmpty());
  Decide("refer_to_panel");
  Decide("refer_to_panel");
  const auto opened = Of(v1::ORIGIN_RISK_OF_EXCLUSION);
  ASSERT_THAT(opened, SizeIs(1)) << "told twice, opened once";
  EXPECT_EQ(opened[0].state(), v1::CASE_STATE_REFERRED);
  EXPECT_EQ(opened[0].risk_proposal_id(), IdOf(400));
  EXPECT_EQ(opened[0].created_by(), PersonIdOf(5));
  EXPECT_FALSE(opened[0].complete());
  Decide("refer_to_panel", 401);
  EXPECT_THAT(Of(v1::ORIGIN_RISK_OF_EXCLUSION), SizeIs(1)) << "the pupil is before the panel";
  Decide("school_support");
  EXPECT_EQ(Get(Officer(), opened[0].case_id())->closed_reason(), "risk_decided_otherwise");
  EXPECT_THAT(Kinds(Officer(), 2), ElementsAre("case_opened", "case_closed"));
  EXPECT_THAT(Published(), ElementsAre("CaseReferred 1", "CaseClosed 2"));
}

}  // namespace
}  // namespace pathways::panel
