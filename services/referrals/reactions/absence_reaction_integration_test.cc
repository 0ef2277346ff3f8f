// Proposals from absence events, on a real PostgreSQL.
#include "services/referrals/reactions/absence_reaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "services/referrals/test_world.h"

namespace pathways::referrals {
namespace {

using attendance::v1::ABSENCE_KIND_PERSISTENT;
using attendance::v1::ABSENCE_KIND_SEVERE;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Proposals : public ReferralsWorld {
 protected:
  absl::StatusOr<v1::Proposal> Dismiss(const access::Caller& caller, const std::string& id,
                                       const std::string& reason = "We have a plan already.") {
    v1::DismissProposalRequest request;
    request.set_proposal_id(id);
    request.set_reason(reason);
    const auto response = Ask<v1::DismissProposalResponse>(caller, "DismissProposal", request);
    if (!response.ok()) return response.status();
    return response->proposal();
  }
  std::vector<std::string> OpenKinds() {
    std::vector<std::string> kinds;
    for (const auto& proposal : ReferralsWorld::Proposals(Officer()))
      kinds.push_back(proposal.kind() + " " + proposal.day());
    return kinds;
  }
};

TEST_F(Proposals, StandInTheSchoolsAndTheOfficersListWithTheirFigures) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  for (const auto& caller : {SchoolStaff(), Officer()}) {
    const auto open = ReferralsWorld::Proposals(caller);
    ASSERT_EQ(open.size(), 1u);
    EXPECT_EQ(open[0].kind(), "persistent");
    EXPECT_EQ(open[0].day(), "2026-10-06");
    EXPECT_EQ(open[0].sessions_possible(), 50);
    EXPECT_EQ(open[0].sessions_absent(), 5);
    EXPECT_EQ(open[0].sessions_unauthorised(), 2);
    EXPECT_EQ(open[0].trace_id(), kTraceId);
    EXPECT_EQ(open[0].raised_at(), "2026-11-02T12:00:00Z");
    EXPECT_EQ(open[0].pupil_id(), testing::MakePupilId(1).ToString());
  }
  EXPECT_THAT(ReferralsWorld::Proposals(OtherSchool()), IsEmpty());
  EXPECT_THAT(ReferralsWorld::Proposals(Elsewhere(access::Role::kInclusionOfficer)), IsEmpty());
  EXPECT_EQ(Count("select count(*) from request"), 0) << "a proposal never acts by itself";
  const auto log = Rows("select person, trace_id from access.log where action = 'write'");
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log.front().Get<std::string>("person"), "system:referrals.absence");
  EXPECT_EQ(log.front().Get<std::string>("trace_id"), kTraceId);
}

TEST_F(Proposals, SevereIsOneOfItsOwnAndComesFirst) {
  ASSERT_TRUE(Apply({Severe(1, "2026-10-20"), Persistent(1, "2026-10-06"),
                     Crossed<attendance::v1::UnauthorisedAbsenceThresholdReached>(1, "2026-10-21")})
                  .ok());
  clock_.Advance(std::chrono::hours(1));
  ASSERT_TRUE(Apply({Persistent(2, "2026-10-22")}).ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("severe 2026-10-20", "persistent 2026-10-22",
                                       HasSubstr(" 2026-10-"), HasSubstr(" 2026-10-")));
  v1::ListProposalsRequest request;
  request.set_kind("unauthorised_10_in_10_weeks");
  EXPECT_EQ(Ask<v1::ListProposalsResponse>(Officer(), "ListProposals", request)->total(), 1);
  request.set_kind("late");
  EXPECT_EQ(Ask<v1::ListProposalsResponse>(Officer(), "ListProposals", request).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(Proposals, AreOneForEachEnrolmentAndKindHoweverOftenItIsSaid) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06"), Persistent(1, "2026-10-06")}).ok());
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("persistent 2026-10-06"));
  EXPECT_THAT(Kinds(SchoolStaff()), ElementsAre("proposal_raised"));
}

TEST_F(Proposals, OpenOneMovesOnWithALaterCrossing) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  const std::string first = OnlyProposal();
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-20")}).ok());
  EXPECT_EQ(OnlyProposal(), first);
  EXPECT_THAT(OpenKinds(), ElementsAre("persistent 2026-10-20"));
  const auto timeline = Timeline(SchoolStaff());
  ASSERT_EQ(timeline.size(), 2u);
  EXPECT_EQ(timeline[1].proposal().day(), "2026-10-06") << "as it was then";
  // The correction of the first changes nothing: the pupil is persistently absent now.
  ASSERT_TRUE(Apply({CrossingWithdrawn(1, "2026-10-06", ABSENCE_KIND_PERSISTENT)}).ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("persistent 2026-10-20"));
}

TEST_F(Proposals, OfARecoveredPupilWaitNoLongerAndANewCrossingMakesANewOne) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06"), Severe(1, "2026-10-06"),
                     Recovered(1, "2026-10-13", ABSENCE_KIND_PERSISTENT)})
                  .ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("severe 2026-10-06")) << "only the kind that recovered";
  const auto recovered = ReferralsWorld::Proposals(SchoolStaff(), v1::PROPOSAL_STATE_RECOVERED);
  ASSERT_EQ(recovered.size(), 1u);
  EXPECT_EQ(recovered[0].day(), "2026-10-06") << "as it was";
  EXPECT_EQ(Create(SchoolStaff(), Wish(2, recovered[0].proposal_id())).status().code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-20")}).ok());
  EXPECT_THAT(OpenKinds(),
              ::testing::UnorderedElementsAre("persistent 2026-10-20", "severe 2026-10-06"));
  // The recovery is taken back after the new crossing: one open proposal is enough.
  ASSERT_TRUE(Apply({CrossingWithdrawn(1, "2026-10-13", ABSENCE_KIND_PERSISTENT, true)}).ok());
  EXPECT_THAT(OpenKinds(), ::testing::SizeIs(2));
}

TEST_F(Proposals, DecidedAboutStayDecidedWhenThePupilRecovers) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  SendRequest(1, OnlyProposal());
  ASSERT_TRUE(Apply({Recovered(1, "2026-10-20", ABSENCE_KIND_PERSISTENT)}).ok());
  EXPECT_EQ(ReferralsWorld::Proposals(SchoolStaff(), v1::PROPOSAL_STATE_TAKEN_UP).size(), 1u);
}

TEST_F(Proposals, OfARecoveredPupilAreWithdrawnWithTheMarksBehindThem) {
  ASSERT_TRUE(
      Apply({Persistent(1, "2026-10-06"), Recovered(1, "2026-10-20", ABSENCE_KIND_PERSISTENT),
             CrossingWithdrawn(1, "2026-10-20", ABSENCE_KIND_PERSISTENT, true),
             CrossingWithdrawn(1, "2026-10-06", ABSENCE_KIND_PERSISTENT)})
          .ok());
  EXPECT_EQ(ReferralsWorld::Proposals(SchoolStaff(), v1::PROPOSAL_STATE_WITHDRAWN).size(), 1u);
}

TEST_F(Proposals, AreWithdrawnWhenTheMarksBehindThemAre) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06"), Severe(1, "2026-10-20")}).ok());
  ASSERT_TRUE(Apply({CrossingWithdrawn(1, "2026-10-06", ABSENCE_KIND_PERSISTENT)}).ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("severe 2026-10-20"));
  EXPECT_EQ(ReferralsWorld::Proposals(SchoolStaff(), v1::PROPOSAL_STATE_WITHDRAWN).size(), 1u);
  const auto entry = Timeline(SchoolStaff()).front();
  EXPECT_EQ(entry.kind(), "proposal_withdrawn");
  EXPECT_EQ(entry.person_id(), "");
  EXPECT_EQ(entry.proposal().sessions_absent(), 4) << "as now known";
  // Said a second time, it changes nothing.
  ASSERT_TRUE(Apply({CrossingWithdrawn(1, "2026-10-06", ABSENCE_KIND_PERSISTENT)}).ok());
  EXPECT_EQ(Timeline(SchoolStaff()).size(), 3u);
}

TEST_F(Proposals, FollowTheOrderWithinOneSet) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06"),
                     CrossingWithdrawn(1, "2026-10-06", ABSENCE_KIND_PERSISTENT),
                     Persistent(1, "2026-10-08"), Persistent(2, "2026-10-06"),
                     CrossingWithdrawn(2, "2026-10-06", ABSENCE_KIND_PERSISTENT)})
                  .ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("persistent 2026-10-08"));
  EXPECT_THAT(Kinds(SchoolStaff()),
              ElementsAre("proposal_raised", "proposal_withdrawn", "proposal_raised"));
}

TEST_F(Proposals, CrossingThatMovedIsOneProposal) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  ASSERT_TRUE(Apply({CrossingWithdrawn(1, "2026-10-06", ABSENCE_KIND_PERSISTENT),
                     Persistent(1, "2026-09-30")})
                  .ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("persistent 2026-09-30"));
}

TEST_F(Proposals, RecoveryIsAFactForTheTimelineAndTakingItBackOpensThemAgain) {
  ASSERT_TRUE(
      Apply({Persistent(1, "2026-10-06"), Recovered(1, "2026-10-20", ABSENCE_KIND_PERSISTENT)})
          .ok());
  EXPECT_THAT(OpenKinds(), IsEmpty());
  EXPECT_EQ(Timeline(Officer()).front().proposal().day(), "2026-10-20");
  ASSERT_TRUE(Apply({CrossingWithdrawn(1, "2026-10-20", ABSENCE_KIND_PERSISTENT, true)}).ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("persistent 2026-10-06"));
  EXPECT_THAT(Kinds(Officer()),
              ElementsAre("proposal_raised", "absence_recovered", "absence_recovery_withdrawn"));
  // Of an absence nothing was proposed for.
  ASSERT_TRUE(Apply({Recovered(2, "2026-10-20", ABSENCE_KIND_SEVERE)}).ok());
  EXPECT_THAT(Timeline(Officer(), 2), IsEmpty());
}

TEST_F(Proposals, AreTakenUpOnceAndOneTraceFollows) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  const std::string id = OnlyProposal();
  const auto sent = SendRequest(1, id);
  EXPECT_EQ(sent.proposal_id(), id);
  ASSERT_TRUE(Decide(EarlyHelp(), sent, v1::DECISION_ACCEPT, "", "", 3).ok());
  const auto taken = ReferralsWorld::Proposals(SchoolStaff(), v1::PROPOSAL_STATE_TAKEN_UP);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].request_id(), sent.request_id());
  EXPECT_EQ(Create(SchoolStaff(), Wish(2, id)).status().code(),
            absl::StatusCode::kFailedPrecondition);
  // The same call again is still the same draft.
  EXPECT_TRUE(Create(SchoolStaff(), Wish(1, id)).ok());

  const auto timeline = Timeline(SchoolStaff());
  EXPECT_EQ(timeline.size(), 5u);
  for (const auto& entry : timeline) EXPECT_EQ(entry.trace_id(), kTraceId) << entry.kind();
  const auto traces = Rows("select distinct substr(traceparent, 4, 32) as id from events.outbox");
  ASSERT_EQ(traces.size(), 1u);
  EXPECT_EQ(traces.front().Get<std::string>("id"), kTraceId);
}

TEST_F(Proposals, OfAnotherPupilOrStateCannotBeTakenUp) {
  ASSERT_TRUE(Apply({Persistent(2, "2026-10-06"), Persistent(1, "2026-10-06")}).ok());
  for (const auto& proposal : ReferralsWorld::Proposals(SchoolStaff())) {
    const bool own = proposal.pupil_id() == testing::MakePupilId(1).ToString();
    if (own) {
      ASSERT_TRUE(Dismiss(SchoolStaff(), proposal.proposal_id()).ok());
    }
    EXPECT_EQ(Create(SchoolStaff(), Wish(1, proposal.proposal_id())).status().code(),
              own ? absl::StatusCode::kFailedPrecondition : absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(Create(OtherSchool(), Wish(1, proposal.proposal_id())).status().code(),
              absl::StatusCode::kNotFound);
  }
}

TEST_F(Proposals, CorrectionAfterARequestWasStartedIsNotedThere) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  const auto sent = SendRequest(1, OnlyProposal());
  ASSERT_TRUE(Apply({CrossingWithdrawn(1, "2026-10-06", ABSENCE_KIND_PERSISTENT)}).ok());
  const auto entry = Timeline(EarlyHelp()).front();
  EXPECT_EQ(entry.kind(), "proposal_withdrawn");
  EXPECT_EQ(entry.request_id(), sent.request_id());
  EXPECT_EQ(Get(EarlyHelp(), sent.request_id())->state(), v1::REQUEST_STATE_SUBMITTED)
      << "a person decides";
  // Nor is the same crossing proposed again.
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  EXPECT_THAT(OpenKinds(), IsEmpty());
}

TEST_F(Proposals, AreDismissedByAPersonWhoSaysWhy) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  const std::string id = OnlyProposal();
  EXPECT_EQ(Dismiss(SchoolStaff(), id, "no").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Dismiss(OtherSchool(), id).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Dismiss(EarlyHelp(), id).status().code(), absl::StatusCode::kPermissionDenied);
  const auto dismissed = Dismiss(SchoolStaff(), id);
  ASSERT_TRUE(dismissed.ok()) << dismissed.status();
  EXPECT_EQ(dismissed->state(), v1::PROPOSAL_STATE_DISMISSED);
  EXPECT_EQ(dismissed->dismissed_reason(), "We have a plan already.");
  EXPECT_TRUE(Dismiss(SchoolStaff(), id).ok()) << "the same call again";
  EXPECT_EQ(Dismiss(Officer(), id, "Something else entirely.").status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Count("select count(*) from timeline where kind = 'proposal_dismissed'"), 1);
  EXPECT_EQ(Timeline(Officer()).front().note(), "We have a plan already.");
  EXPECT_EQ(Timeline(Manager()).front().note(), "");
  // A new crossing later on is a new proposal; the old one is not.
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  EXPECT_THAT(OpenKinds(), IsEmpty());
  ASSERT_TRUE(Apply({Persistent(1, "2026-11-02")}).ok());
  EXPECT_THAT(OpenKinds(), ElementsAre("persistent 2026-11-02"));
}

TEST_F(Proposals, EventThatCannotBeReadIsRefusedForGood) {
  attendance::v1::AbsenceBecamePersistent empty;
  EXPECT_EQ(Apply({Said(empty)}).code(), absl::StatusCode::kInvalidArgument);
  attendance::v1::AbsenceRecovered no_kind;
  *no_kind.mutable_figures() = Figures(1, "2026-10-06", 5);
  EXPECT_EQ(Apply({Said(no_kind)}).code(), absl::StatusCode::kInvalidArgument);
  auto torn = Persistent(1, "2026-10-06");
  torn.payload.resize(torn.payload.size() / 2);
  EXPECT_EQ(Apply({torn}).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Count("select count(*) from proposal"), 0);
}

TEST_F(Proposals, WithoutATraceBeginOne) {
  auto event = Persistent(1, "2026-10-06");
  event.traceparent = "nonsense";
  ASSERT_TRUE(Apply({event}).ok());
  ASSERT_TRUE(Create(SchoolStaff(), Wish(1, OnlyProposal())).ok());
  EXPECT_EQ(Timeline(SchoolStaff()).front().trace_id().size(), 32u);
}

TEST_F(Proposals, ASchoolsWholeBadDayIsWrittenInOneSet) {
  std::vector<events::Event> events;
  for (int number = 1; number <= 500; ++number) {
    auto figures = Figures(1, "2026-10-06", 5);
    figures.set_pupil_id(testing::MakePupilId(number).ToString());
    figures.set_enrolment_id(testing::MakePupilId(100'000 + number).ToString());
    attendance::v1::AbsenceBecamePersistent message;
    *message.mutable_figures() = figures;
    events.push_back(Said(message));
  }
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(Apply(events).ok());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  std::cout << "500 proposals in " << took.count() << " ms\n";
  EXPECT_LT(took, std::chrono::seconds(2));
  EXPECT_EQ(Count("select count(*) from proposal"), 500);
  EXPECT_EQ(Count("select count(*) from access.log where action = 'write'"), 500);
}

}  // namespace
}  // namespace pathways::referrals
