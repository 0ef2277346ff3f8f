// Help that is proposed: from facts to a person's decision, and the weights behind it.
#include <gmock/gmock.h>

#include "pathways/attendance/v1/events.pb.h"
#include "pathways/exclusions/v1/events.pb.h"
#include "pathways/exclusions/v1/risk.pb.h"
#include "pathways/panel/v1/events.pb.h"
#include "pathways/referrals/v1/events.pb.h"
#include "services/exclusions/api/risk_api.h"
#include "services/exclusions/reactions/risk_reactions.h"
#include "services/exclusions/reactions/risk_upkeep.h"
#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Risk : public ExclusionsWorld {
 protected:
  Risk()
      : upkeep_(*pool_, outbox_, ids_, clock_),
        risk_(RiskEndpoint({pool_.get(), &outbox_, &clock_})) {}

  template <typename Response>
  absl::StatusOr<Response> Call(const access::Caller& caller, std::string_view method,
                                const google::protobuf::Message& request) {
    Response response;
    const auto status = service::CallUnary(risk_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  // Pupil 1 in year 9 with SEN support: three suspensions for the same reason, of 12 half days.
  // 25 + 10 + 10 + 10 + 5 = 60 points of the usual weights, from 45 on help is proposed.
  void MakeFacts() {
    ASSERT_TRUE(Apply({Characteristics(1, "K", "9")}).ok());
    Record(1, 1, Suspension("2026-09-14", 4));
    Record(2, 1, Suspension("2026-10-05", 4));
    Record(3, 1, Suspension("2026-10-12", 4));
    clock_.Set(education::FixedClock(kToday).Now());
    Weigh();
  }
  void Weigh() {
    const auto status = upkeep_.Run();
    EXPECT_TRUE(status.ok()) << status;
  }
  std::vector<v1::RiskProposal> Proposals(const access::Caller& caller,
                                          const v1::ListRiskProposalsRequest& request = {}) {
    const auto list = Call<v1::ListRiskProposalsResponse>(caller, "ListRiskProposals", request);
    EXPECT_TRUE(list.ok()) << list.status();
    if (!list.ok()) return {};
    EXPECT_EQ(list->total(), list->proposals_size());
    return {list->proposals().begin(), list->proposals().end()};
  }
  absl::StatusOr<v1::GetRiskProposalResponse> GetProposal(const access::Caller& caller,
                                                          const std::string& id) {
    v1::GetRiskProposalRequest request;
    request.set_proposal_id(id);
    return Call<v1::GetRiskProposalResponse>(caller, "GetRiskProposal", request);
  }
  absl::StatusOr<v1::RiskProposal> DecideRisk(const access::Caller& caller,
                                              const v1::RiskProposal& seen,
                                              v1::RiskDecision decision,
                                              const std::string& reason = "Talked to the school.") {
    v1::DecideRiskProposalRequest request;
    request.set_proposal_id(seen.proposal_id());
    request.set_version(seen.version());
    request.set_decision(decision);
    request.set_reason(reason);
    auto decided = Call<v1::DecideRiskProposalResponse>(caller, "DecideRiskProposal", request);
    if (!decided.ok()) return decided.status();
    return decided->proposal();
  }

  template <typename Reaction, typename Message>
  void Hear(Reaction reaction, const Message& message, std::int64_t version = 1) {
    events::Event event = Said(message, version);
    event.time = clock_.Now();
    const auto status = storage::RunInTransaction(
        *pool_, storage::RowScope::System(reaction.spec().name), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) {
          return reaction.Apply(transaction, std::span(&event, 1));
        });
    EXPECT_TRUE(status.ok()) << status;
  }
  // All day without leave on school days of school 0; nothing: everybody was there.
  void HearRegister(const std::string& day, std::optional<int> missing, std::int64_t version = 1) {
    attendance::v1::RegisterRecorded message;
    message.set_urn(testing::MakeSchool(0).urn.value());
    message.set_la_code(testing::MakeSchool(0).la_code.value());
    message.set_day(day);
    message.set_sessions(2);
    if (missing) {
      auto* absence = message.add_absences();
      absence->set_enrolment_id(EnrolmentOf(*missing));
      absence->set_absent(2);
      absence->set_unauthorised(2);
    }
    Hear(RegisterReaction(), message, version);
  }
  std::string EnrolmentOf(int pupil) {
    for (const auto& member : registry_.schools().at(testing::MakeSchool(0).urn).members) {
      if (member.pupil == testing::MakePupilId(pupil)) return member.enrolment.ToString();
    }
    return {};
  }
  template <typename Message>
  Message LastEvent() {
    const auto rows = Rows("select payload from events.outbox order by seq desc limit 1");
    Message message;
    EXPECT_TRUE(message.ParseFromString(rows.front().Get<storage::Bytes>(0).data));
    return message;
  }
  std::int64_t RiskEvents() {
    return Count("select count(*) from events.outbox where type like '%ExclusionRisk%'");
  }

  RiskUpkeep upkeep_;
  service::Endpoint risk_;
};

TEST_F(Risk, FactsBecomeAProposalAndAPersonDecides) {
  MakeFacts();
  auto proposals = Proposals(Officer());
  ASSERT_THAT(proposals, SizeIs(1));
  const v1::RiskProposal made = proposals[0];
  EXPECT_EQ(made.state(), v1::RISK_PROPOSAL_STATE_OPEN);
  EXPECT_EQ(made.score(), 60);
  EXPECT_EQ(made.threshold(), 45);
  EXPECT_THAT(made.main_facts(), ElementsAre("3 suspensions in the last twelve months",
                                             HasSubstr("12 half days"), HasSubstr("3 times")));
  const auto proposed = LastEvent<v1::ExclusionRiskProposed>().figures();
  EXPECT_EQ(proposed.proposal_id(), made.proposal_id());
  EXPECT_EQ(proposed.score(), 60);
  Weigh();
  EXPECT_EQ(RiskEvents(), 1) << "nothing changed";

  const auto working = GetProposal(Staff(), made.proposal_id());
  ASSERT_TRUE(working.ok()) << working.status();
  EXPECT_FALSE(working->may_decide()) << "the authority decides";
  EXPECT_EQ(working->latest().shares(0).points(), 25);
  EXPECT_EQ(working->latest().shares(0).to_change(),
            "Fewer than 2 would take 15 points off; 4 or more would add 10 points");

  // Help begins and absence comes: the open proposal follows.
  referrals::v1::RequestAccepted accepted;
  accepted.mutable_facts()->set_request_id("r1");
  accepted.mutable_facts()->set_pupil_id(testing::MakePupilId(1).ToString());
  Hear(RequestReaction(), accepted);
  for (const char* day : {"2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"}) {
    HearRegister(day, 1);
  }
  Weigh();
  const auto followed = GetProposal(Officer(), made.proposal_id());
  ASSERT_TRUE(followed.ok());
  EXPECT_EQ(followed->proposal().score(), 60 - 5 + 10 + 10) << "10 sessions, all of them";
  EXPECT_EQ(followed->when_proposed().score(), 60) << "kept as it was made";
  EXPECT_GT(followed->proposal().version(), made.version());
  EXPECT_EQ(RiskEvents(), 1);

  EXPECT_EQ(DecideRisk(Officer(), made, v1::RISK_DECISION_EARLY_HELP).status().code(),
            absl::StatusCode::kAborted);
  EXPECT_THAT(
      Fields(
          DecideRisk(Officer(), followed->proposal(), v1::RISK_DECISION_UNSPECIFIED, "").status()),
      ElementsAre("decision", "reason"));
  const auto decided = DecideRisk(Officer(), followed->proposal(), v1::RISK_DECISION_EARLY_HELP);
  ASSERT_TRUE(decided.ok()) << decided.status();
  EXPECT_EQ(LastEvent<v1::ExclusionRiskDecided>().decision(), "early_help");
  const auto again = DecideRisk(Officer(), *decided, v1::RISK_DECISION_REFER_TO_PANEL);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(LastEvent<v1::ExclusionRiskDecided>().decision(), "refer_to_panel");
  EXPECT_EQ(LastEvent<v1::ExclusionRiskDecided>().person_id(), testing::MakePersonId(5).ToString());
  const auto kept = GetProposal(Officer(), made.proposal_id());
  ASSERT_THAT(kept->decisions(), SizeIs(2));
  EXPECT_EQ(kept->decisions(0).decision(), v1::RISK_DECISION_REFER_TO_PANEL);
  EXPECT_EQ(kept->decisions(1).reason(), "Talked to the school.");

  // A corrected register makes it better; what is decided stands and nothing new is proposed.
  HearRegister("2026-11-20", {}, 2);
  Weigh();
  EXPECT_THAT(Proposals(Officer()), SizeIs(1));
  // Worse than when it was decided: proposed anew.
  ASSERT_TRUE(Apply({Characteristics(1, "K", "9", true)}).ok());
  Record(4, 1, Suspension("2026-11-24", 8));
  Weigh();
  proposals = Proposals(Officer());
  ASSERT_THAT(proposals, SizeIs(2));
  EXPECT_EQ(proposals[0].state(), v1::RISK_PROPOSAL_STATE_OPEN);
  EXPECT_EQ(RiskEvents(), 4);
}

TEST_F(Risk, AProposalLapsesWithItsFacts) {
  MakeFacts();
  ASSERT_THAT(Proposals(Officer()), SizeIs(1));
  for (const int number : {2, 3}) {
    const auto seen = Get(Officer(), IdOf(number));
    ASSERT_TRUE(End(Officer(), *seen, v1::ENDING_WITHDRAW, "2026-11-24").ok());
  }
  Weigh();
  auto proposals = Proposals(Officer());
  ASSERT_THAT(proposals, SizeIs(1));
  EXPECT_EQ(proposals[0].state(), v1::RISK_PROPOSAL_STATE_LAPSED);
  EXPECT_EQ(proposals[0].lapsed_because(), "facts");
  EXPECT_EQ(DecideRisk(Officer(), proposals[0], v1::RISK_DECISION_NO_ACTION).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(Risk, DaysAloneChangeFacts) {
  MakeFacts();
  ASSERT_THAT(Proposals(Officer()), SizeIs(1));
  clock_.Set(education::FixedClock(Day(2027, 9, 20)).Now());
  Weigh();
  EXPECT_EQ(Proposals(Officer())[0].state(), v1::RISK_PROPOSAL_STATE_LAPSED)
      << "one of three suspensions has left the rolling year";
  EXPECT_EQ(Count("select count(*) from risk_look where due_on <= '2027-09-20'"), 0);
}

TEST_F(Risk, APlacementIsSupportAndAPermanentExclusionIsThePanels) {
  MakeFacts();
  panel::v1::PlacementStarted started;
  started.mutable_facts()->set_placement_id("p1");
  started.mutable_facts()->set_pupil_id(testing::MakePupilId(1).ToString());
  started.mutable_facts()->set_start_day("2026-11-02");
  Hear(PlacementReaction(), started);
  Weigh();
  EXPECT_EQ(Proposals(Officer())[0].score(), 55);
  panel::v1::PlacementEnded ended;
  *ended.mutable_facts() = started.facts();
  ended.set_day("2026-11-20");
  Hear(PlacementReaction(), ended, 2);
  Weigh();
  EXPECT_EQ(Proposals(Officer())[0].score(), 60);
  Record(9, 1, Permanent("2026-11-24"));
  Weigh();
  EXPECT_EQ(Proposals(Officer())[0].lapsed_because(), "excluded");
}

TEST_F(Risk, WeightsAreRehearsedAuditedAndSwitchedOn) {
  MakeFacts();
  const auto weights =
      Call<v1::GetRiskWeightsResponse>(Manager(), "GetRiskWeights", v1::GetRiskWeightsRequest());
  ASSERT_TRUE(weights.ok()) << weights.status();
  EXPECT_EQ(weights->current().number(), 0);
  EXPECT_TRUE(weights->may_change());
  EXPECT_FALSE(weights->has_draft());

  v1::SaveRiskWeightsRequest save;
  *save.mutable_weights() = weights->current().weights();
  save.mutable_weights()->set_secondary_threshold(0);
  EXPECT_THAT(
      Fields(Call<v1::SaveRiskWeightsResponse>(Manager(), "SaveRiskWeights", save).status()),
      ElementsAre("weights.secondary_threshold"));
  save.mutable_weights()->set_secondary_threshold(70);
  const auto draft = Call<v1::SaveRiskWeightsResponse>(Manager(), "SaveRiskWeights", save);
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(Call<v1::SaveRiskWeightsResponse>(Manager(), "SaveRiskWeights", save).status().code(),
            absl::StatusCode::kAborted)
      << "somebody else wrote it first";

  v1::RehearseRiskWeightsRequest rehearse;
  rehearse.set_academic_year(202627);
  const auto rehearsal =
      Call<v1::RehearseRiskWeightsResponse>(Manager(), "RehearseRiskWeights", rehearse);
  ASSERT_TRUE(rehearsal.ok()) << rehearsal.status();
  EXPECT_EQ(rehearsal->pupils(), 20);
  EXPECT_EQ(rehearsal->total().before(), 1);
  EXPECT_EQ(rehearsal->total().after(), 0);
  EXPECT_EQ(rehearsal->total().removed(), 1);
  ASSERT_THAT(rehearsal->schools(), SizeIs(1));
  EXPECT_EQ(rehearsal->schools(0).urn(), testing::MakeSchool(0).urn.value());
  ASSERT_THAT(rehearsal->months(), SizeIs(2)) << "September and October are over";
  EXPECT_EQ(rehearsal->months(1).before(), 1);
  EXPECT_EQ(rehearsal->registers_from(), "") << "no register was heard of";

  v1::GetRiskFairnessRequest audit;
  audit.set_on("2026-10-31");
  const auto fairness = Call<v1::GetRiskFairnessResponse>(Officer(), "GetRiskFairness", audit);
  ASSERT_TRUE(fairness.ok()) << fairness.status();
  EXPECT_EQ(fairness->all().pupils().count(), 20);
  EXPECT_EQ(fairness->all().proposed().count(), 1);
  EXPECT_FALSE(fairness->suppression_applies());
  const auto suppressed = Call<v1::GetRiskFairnessResponse>(Manager(), "GetRiskFairness", audit);
  ASSERT_TRUE(suppressed.ok());
  EXPECT_TRUE(suppressed->suppression_applies());
  EXPECT_TRUE(suppressed->all().proposed().suppressed());

  v1::SwitchOnRiskWeightsRequest on;
  on.set_version(draft->draft().version());
  on.set_reason("Fewer and surer proposals.");
  const auto switched = Call<v1::SwitchOnRiskWeightsResponse>(Manager(), "SwitchOnRiskWeights", on);
  ASSERT_TRUE(switched.ok()) << switched.status();
  EXPECT_EQ(switched->current().number(), 1);
  Weigh();
  EXPECT_EQ(Proposals(Officer())[0].state(), v1::RISK_PROPOSAL_STATE_LAPSED);
  EXPECT_EQ(GetProposal(Officer(), Proposals(Officer())[0].proposal_id())
                ->when_proposed()
                .weights_number(),
            0)
      << "told with the weights it was made with";
  registry::v1::SchoolChanged school;  // that is how it is known whose authority's weights are its
  school.set_urn(testing::MakeSchool(0).urn.value());
  school.set_la_code(testing::MakeSchool(0).la_code.value());
  school.set_phase("State-funded secondary");
  ASSERT_TRUE(Apply({Said(school)}).ok());
  const auto for_school = GetProposal(Staff(), Proposals(Officer())[0].proposal_id());
  ASSERT_TRUE(for_school.ok()) << for_school.status();
  EXPECT_EQ(for_school->latest().weights_number(), 1) << "its school may see what facts weigh";
  EXPECT_EQ(for_school->latest().threshold(), 70);
}

// By role: sees the proposal, decides, reads weights, sets them.
TEST_F(Risk, MatrixOfRoleAndProposal) {
  MakeFacts();
  const v1::RiskProposal made = Proposals(Operator())[0];
  struct Row {
    const char* who;
    access::Caller caller;
    bool sees;
    absl::StatusCode decides;
    bool audits;
    bool sets;
  };
  constexpr auto kDenied = absl::StatusCode::kPermissionDenied;
  constexpr auto kUnseen = absl::StatusCode::kNotFound;
  constexpr auto kStale = absl::StatusCode::kAborted;  // was let in; the version is an old one
  const std::vector<Row> matrix = {
      {"own school", Staff(0), true, kDenied, false, false},
      {"another school", Staff(1), false, kDenied, false, false},
      {"inclusion officer", Officer(), true, kStale, true, false},
      {"officer of another authority", OfficerElsewhere(), false, kUnseen, false, false},
      {"manager", Manager(), false, kDenied, true, true},
      {"Early Help", EarlyHelp(), false, kDenied, false, false},
      {"operator", Operator(), true, kStale, true, true},
  };
  v1::RiskProposal stale = made;
  stale.set_version(made.version() + 7);
  v1::GetRiskWeightsRequest ask;
  ask.set_la_code(made.la_code());
  v1::SaveRiskWeightsRequest save;
  save.set_la_code(made.la_code());
  save.set_version(9);
  *save.mutable_weights() =
      Call<v1::GetRiskWeightsResponse>(Manager(), "GetRiskWeights", ask)->current().weights();
  for (const Row& row : matrix) {
    EXPECT_EQ(GetProposal(row.caller, made.proposal_id()).ok(), row.sees) << row.who;
    EXPECT_EQ(DecideRisk(row.caller, stale, v1::RISK_DECISION_NO_ACTION).status().code(),
              row.decides)
        << row.who;
    EXPECT_EQ(Call<v1::GetRiskWeightsResponse>(row.caller, "GetRiskWeights", ask).ok(), row.audits)
        << row.who;
    const auto saved = Call<v1::SaveRiskWeightsResponse>(row.caller, "SaveRiskWeights", save);
    EXPECT_EQ(saved.status().code() == kStale, row.sets) << row.who << saved.status();
    // Below the methods, too.
    const auto seen = storage::RunInTransaction(
        *pool_, row.caller.ToRowScope(), storage::Deadline::After(kLimit),
        [](storage::Transaction& t) { return t.QueryOne("select count(*) from risk_proposal"); });
    EXPECT_EQ(seen->Get<std::int64_t>(0), row.sees) << row.who;
  }
}

TEST_F(Risk, ListsAreFilteredAndExported) {
  MakeFacts();
  v1::ListRiskProposalsRequest request;
  request.set_phase("secondary");
  request.set_state(v1::RISK_PROPOSAL_STATE_OPEN);
  EXPECT_THAT(Proposals(Staff(), request), SizeIs(1));
  EXPECT_THAT(Proposals(Staff(1), request), IsEmpty());
  const auto counts = Call<v1::GetRiskWorkCountsResponse>(Staff(), "GetRiskWorkCounts",
                                                          v1::GetRiskWorkCountsRequest());
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->open(), 1);
  request.set_phase("primary");
  EXPECT_THAT(Proposals(Officer(), request), IsEmpty());
  request.set_phase("nursery");
  EXPECT_THAT(
      Fields(Call<v1::ListRiskProposalsResponse>(Officer(), "ListRiskProposals", request).status()),
      ElementsAre("phase"));
  const auto chunks = service::CallServerStream<common::v1::FileChunk>(
      risk_, "ExportRiskProposals", Officer(), v1::ExportRiskProposalsRequest());
  ASSERT_TRUE(chunks.ok()) << chunks.status();
  EXPECT_THAT(chunks->at(0).data(), HasSubstr("secondary,open,60,45,0,2026-11-24,,,"));
  EXPECT_GT(Count("select count(*) from access.log where detail = 'proposals of help'"), 0);
}

}  // namespace
}  // namespace pathways::exclusions
