// The whole way of a case, on a real PostgreSQL: referral or permanent exclusion, agenda, pack,
// decision, place, placement, return.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/panel/test_returns.h"

namespace pathways::panel {
namespace {

using exclusions::v1::ExclusionCancelled;
using exclusions::v1::GovernorsDecided;
using exclusions::v1::PermanentExclusionRecorded;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PanelFlow : public ReturnWorld {};

TEST_F(PanelFlow, RegistersEveryMethod) { EXPECT_EQ(endpoint_->Check(), absl::OkStatus()); }

TEST_F(PanelFlow, FromReferralToTheReturnToSchool) {
  Planned();
  MakeProvider();
  const auto referred = Referred();
  EXPECT_EQ(referred.state(), v1::CASE_STATE_SCHEDULED) << "the agenda filled itself";
  EXPECT_EQ(referred.sitting_day(), "2026-11-23");
  const auto sitting = GetSitting(Clerk());
  ASSERT_TRUE(sitting.ok()) << sitting.status();
  EXPECT_EQ(sitting->papers_day(), "2026-11-16");
  ASSERT_EQ(sitting->agenda_size(), 1);
  EXPECT_EQ(sitting->agenda(0).added_by(), "clock");
  ASSERT_TRUE(Seal(*sitting).ok());
  const auto pack = GetPack(Sitter(9), referred.case_id());
  ASSERT_TRUE(pack.ok()) << pack.status();
  EXPECT_EQ(pack->sections_size(), 6);
  EXPECT_TRUE(pack->intact());

  const auto open = Opened();
  EXPECT_TRUE(open.agenda(0).quorum().met());
  const auto proposed = Propose(Clerk(), referred.case_id(), TierTwo());
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  ASSERT_TRUE(Vote(Sitter(9), proposed->decision_id(), v1::VOTE_CHOICE_FOR).ok());
  const auto final = SignOff(*proposed);
  ASSERT_TRUE(final.ok()) << final.status();
  EXPECT_EQ(final->decision().state(), v1::DECISION_STATE_FINAL);
  EXPECT_EQ(final->panel_case().state(), v1::CASE_STATE_DECIDED);
  auto closed = GetSitting(Clerk());
  ASSERT_TRUE(Move(*closed, v1::SITTING_MOVE_CLOSE).ok());

  const auto offered = Offer(Officer(), final->decision().decision_id());
  ASSERT_TRUE(offered.ok()) << offered.status();
  const auto accepted = Answer(ProviderStaff(), *offered, v1::OFFER_ANSWER_ACCEPT);
  ASSERT_TRUE(accepted.ok()) << accepted.status();
  clock_.Advance(std::chrono::hours(24 * 7));
  v1::StartPlacementRequest start;
  start.set_placement_id(accepted->placement_id());
  start.set_version(accepted->version());
  start.set_start_day("2026-11-09");
  const auto started = Ask<v1::StartPlacementResponse>(ProviderStaff(), start);
  ASSERT_TRUE(started.ok()) << started.status();
  clock_.Advance(std::chrono::hours(24 * 63));
  v1::ReviewPlacementRequest review;
  review.set_placement_id(IdOf(600));
  review.set_version(started->placement().version());
  review.mutable_review()->set_day("2027-01-11");
  review.mutable_review()->set_outcome("ready_to_return");
  review.mutable_review()->set_words("Reads every day and comes in on time.");
  const auto reviewed = Ask<v1::ReviewPlacementResponse>(ProviderStaff(), review);
  ASSERT_TRUE(reviewed.ok()) << reviewed.status();

  v1::EndPlacementRequest end;
  end.set_placement_id(IdOf(600));
  end.set_version(reviewed->placement().version());
  end.set_day("2027-01-11");
  end.set_reason("returned_to_school");
  EXPECT_THAT(Fields(Ask<v1::EndPlacementResponse>(Officer(), end).status()), ElementsAre("reason"))
      << "no return without a plan";
  const auto planned = SavePlan(Officer());
  ASSERT_TRUE(planned.ok()) << planned.status();
  ASSERT_TRUE(Agree(Officer(), *SaveStep(Officer(), *planned)).ok());
  end.set_version(GetPlacement(Officer())->version());
  const auto ended = Ask<v1::EndPlacementResponse>(Officer(), end);
  ASSERT_TRUE(ended.ok()) << ended.status();
  const auto seen = Get(Officer(), referred.case_id());
  ASSERT_TRUE(End(Officer(), *seen, v1::CASE_END_COMPLETED).ok());

  EXPECT_THAT(Published(),
              ElementsAre("ProviderChanged 1", "CaseReferred 1", "CaseScheduled 2",
                          "PanelDecided 3", "TaskSent 1", "TaskSent 1", "TaskSent 1", "TaskSent 1",
                          "PlacementOffered 1", "PlacementAnswered 2", "PlacementStarted 3",
                          "PlacementReviewed 4", "ReintegrationPlanned 5", "PlacementEnded 6",
                          "PupilReintegrated 7", "CaseClosed 4"));
  EXPECT_THAT(Kinds(SchoolStaff()),
              ElementsAre("case_started", "case_referred", "case_scheduled", "pack_sealed",
                          "panel_decided", "tasks_sent", "place_offered", "offer_accepted",
                          "placement_started", "placement_reviewed", "return_planned",
                          "return_agreed", "placement_ended", "pupil_reintegrated", "case_closed"));
  EXPECT_EQ(Count("select count(*) from place_taken where freed_at is null"), 0);
}

TEST_F(PanelFlow, PermanentExclusionOpensOneCaseAtOnce) {
  KnowSchool();
  ASSERT_EQ(Apply({Said(PermanentExclusionRecorded()), Said(PermanentExclusionRecorded())}),
            absl::OkStatus());
  ASSERT_EQ(Apply({Said(PermanentExclusionRecorded())}), absl::OkStatus());
  const auto cases = Cases(Clerk());
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_EQ(cases[0].state(), v1::CASE_STATE_REFERRED);
  EXPECT_EQ(cases[0].origin(), v1::ORIGIN_PERMANENT_EXCLUSION);
  EXPECT_EQ(cases[0].due(), "2026-11-10");
  EXPECT_EQ(cases[0].phase(), v1::PHASE_SECONDARY);
  EXPECT_FALSE(cases[0].complete());
  EXPECT_THAT(Published(), ElementsAre("CaseReferred 1"));
  EXPECT_EQ(Rows("select trace_id from timeline").front().Get<std::string>(0), kTraceId);
  EXPECT_THAT(Cases(SchoolStaff()).size(), 1u);
  EXPECT_THAT(Cases(OtherSchool()), IsEmpty());
}

TEST_F(PanelFlow, PermanentExclusionThatIsHistoryOpensNone) {
  KnowSchool();
  PermanentExclusionRecorded message;
  *message.mutable_figures() = Figures();
  events::Event event = EventOf(message);
  event.time = *education::ParseInstant("2027-09-01T08:00:00Z");
  ASSERT_EQ(Apply({event}), absl::OkStatus());
  EXPECT_THAT(Cases(Clerk()), IsEmpty());
  EXPECT_THAT(Published(), IsEmpty());
}

TEST_F(PanelFlow, OpenedCaseIsTakenOnAnAgendaWhenItIsComplete) {
  KnowSchool();
  Planned();
  ASSERT_EQ(Apply({Said(PermanentExclusionRecorded())}), absl::OkStatus());
  const auto opened = Cases(SchoolStaff()).front();
  v1::AddToAgendaRequest add;
  add.set_sitting_id(IdOf(901));
  add.set_version(1);
  add.set_case_id(opened.case_id());
  EXPECT_EQ(Ask<v1::AddToAgendaResponse>(Clerk(), add).status().code(),
            absl::StatusCode::kFailedPrecondition);
  const auto full = FillPages(SchoolStaff(), opened);
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ(full->state(), v1::CASE_STATE_SCHEDULED);
}

TEST_F(PanelFlow, EndOfTheExclusionClosesTheCaseWithTheReason) {
  KnowSchool();
  Planned();
  ASSERT_TRUE(Apply({Said(PermanentExclusionRecorded(), 1), Said(PermanentExclusionRecorded(), 2),
                     Said(PermanentExclusionRecorded(), 3)})
                  .ok());
  GovernorsDecided reinstated, declined;
  *reinstated.mutable_figures() = Figures(2);
  reinstated.set_decision("reinstate");
  *declined.mutable_figures() = Figures(3);
  declined.set_decision("decline");
  const std::vector<events::Event> ends = {Said(ExclusionCancelled(), 1), EventOf(reinstated),
                                           EventOf(declined)};
  ASSERT_EQ(Apply(ends), absl::OkStatus());
  ASSERT_EQ(Apply(ends), absl::OkStatus());
  std::map<std::string, std::string> reasons;
  for (const auto& one : Cases(Clerk())) reasons[one.exclusion_id()] = one.closed_reason();
  EXPECT_EQ(reasons[IdOf(501)], "exclusion_cancelled");
  EXPECT_EQ(reasons[IdOf(502)], "reinstated");
  EXPECT_EQ(reasons[IdOf(503)], "");
  EXPECT_THAT(Published(), ElementsAre("CaseReferred 1", "CaseReferred 1", "CaseReferred 1",
                                       "CaseClosed 2", "CaseClosed 2"));
}

TEST_F(PanelFlow, DecisionBeforeReferralIsRefused) {
  Planned();
  const auto draft = Create(Officer());
  ASSERT_TRUE(draft.ok()) << draft.status();
  Opened();
  // Who runs the panel does not even see another's draft.
  EXPECT_EQ(Propose(Clerk(), draft->case_id(), TierTwo()).status().code(),
            absl::StatusCode::kNotFound);
  KnowSchool();
  ASSERT_EQ(Apply({Said(PermanentExclusionRecorded(), 2)}), absl::OkStatus());
  const auto opened = Cases(Clerk()).front();
  const auto refused = Propose(Clerk(), opened.case_id(), TierTwo());
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("referred and scheduled first"));
}

TEST_F(PanelFlow, FinalDecisionIsReplacedByAnotherNeverChanged) {
  const auto first = Decided();
  auto terms = TierTwo();
  terms.set_tier(3);
  terms.clear_until();
  EXPECT_THAT(Fields(Propose(Clerk(), first.case_id(), terms, 701).status()),
              ElementsAre("terms.change_reason"));
  terms.set_change_reason("The provider closed its programme.");
  const auto second = Propose(Clerk(), first.case_id(), terms, 701);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->number(), 2);
  const auto final = SignOff(*second);
  ASSERT_TRUE(final.ok()) << final.status();
  EXPECT_EQ(final->panel_case().decision_id(), IdOf(701));
  v1::ListDecisionsRequest list;
  list.set_case_id(first.case_id());
  const auto decisions = Ask<v1::ListDecisionsResponse>(SchoolStaff(), list);
  ASSERT_EQ(decisions->decisions_size(), 2);
  EXPECT_EQ(decisions->decisions(1).state(), v1::DECISION_STATE_REPLACED);
  EXPECT_EQ(decisions->decisions(1).terms().tier(), 2) << "as it was";
}

TEST_F(PanelFlow, DeferralSendsTheCaseBackWithWhatIsMissing) {
  Planned();
  const auto referred = Referred();
  Opened();
  v1::DecisionTerms terms;
  terms.set_kind(v1::DECISION_KIND_DEFERRAL);
  terms.set_way(v1::DECISION_WAY_AGREEMENT);
  terms.set_reasons("Nobody asked the pupil in person.");
  EXPECT_THAT(Fields(Propose(Clerk(), referred.case_id(), terms).status()),
              ElementsAre("terms.missing"));
  terms.add_missing("pupil_view");
  const auto proposed = Propose(Clerk(), referred.case_id(), terms);
  ASSERT_TRUE(proposed.ok()) << proposed.status();
  const auto final = SignOff(*proposed);
  ASSERT_TRUE(final.ok()) << final.status();
  EXPECT_EQ(final->panel_case().state(), v1::CASE_STATE_REFERRED);
  EXPECT_EQ(final->panel_case().deferred_for(0), "pupil_view");
  const auto next = MakeSitting(Clerk(), 902, "2026-12-07");
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->agenda_size(), 0) << "not before somebody has added it";
  const auto now = Get(SchoolStaff(), referred.case_id());
  const auto added = Save(SchoolStaff(), *now, "views",
                          {{"pupil_view_known", "yes"},
                           {"pupil_view", "Asked again: wants to stay near home."},
                           {"parent_view_known", "yes"},
                           {"parent_view", "Agrees."}});
  ASSERT_TRUE(added.ok()) << added.status();
  EXPECT_EQ(added->sitting_id(), IdOf(902));
}

TEST_F(PanelFlow, AgendaFollowsTheClockAndItsCapacity) {
  KnowSchool();
  Planned();
  for (int pupil = 1; pupil <= 2; ++pupil) Referred(pupil, pupil);
  ASSERT_TRUE(
      Apply({Said(PermanentExclusionRecorded(), 3), Said(PermanentExclusionRecorded(), 4)}).ok());
  for (const auto& one : Cases(SchoolStaff())) {
    if (one.exclusion_id().empty()) continue;
    ASSERT_TRUE(FillPages(SchoolStaff(), one).ok());
  }
  const auto sitting = GetSitting(Clerk());
  ASSERT_EQ(sitting->agenda_size(), 3) << "its capacity";
  EXPECT_NE(sitting->agenda(0).panel_case().due(), "") << "who has a clock comes first";
  // The clerk's order stays.
  v1::ReorderAgendaRequest order;
  order.set_sitting_id(IdOf(901));
  order.set_version(sitting->version());
  for (int i : {2, 0, 1}) order.add_case_ids(sitting->agenda(i).panel_case().case_id());
  const auto ordered = Ask<v1::ReorderAgendaResponse>(Clerk(), order);
  ASSERT_TRUE(ordered.ok()) << ordered.status();
  EXPECT_EQ(ordered->sitting().agenda(0).panel_case().case_id(),
            sitting->agenda(2).panel_case().case_id());
  order.set_version(ordered->sitting().version());
  order.mutable_case_ids()->RemoveLast();
  EXPECT_THAT(Fields(Ask<v1::ReorderAgendaResponse>(Clerk(), order).status()),
              ElementsAre("case_ids"));
  order.set_version(1);
  EXPECT_EQ(Ask<v1::ReorderAgendaResponse>(Clerk(), order).status().code(),
            absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace pathways::panel
