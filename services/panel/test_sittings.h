// For tests: sittings and what they decide.
#pragma once

#include <set>
#include <string>

#include "services/panel/test_world.h"

namespace pathways::panel {

class SittingWorld : public PanelWorld {
 protected:
  static void AddMember(v1::SaveSittingRequest& request, int person, v1::Seat seat,
                        std::int32_t urn = 0) {
    v1::Member* member = request.add_members();
    member->set_person_id(PersonIdOf(person));
    member->set_seat(seat);
    member->set_urn(urn);
  }
  absl::StatusOr<v1::Panel> MakePanel(const access::Caller& caller, int number = 900) {
    v1::SavePanelRequest request;
    request.mutable_panel()->set_panel_id(IdOf(number));
    request.mutable_panel()->set_la_code(kSchool.la_code.value());
    request.mutable_panel()->set_name("Secondary panel");
    request.mutable_panel()->set_phase(v1::PHASE_SECONDARY);
    request.mutable_panel()->set_usual_capacity(3);
    auto response = Ask<v1::SavePanelResponse>(caller, request);
    if (!response.ok()) return response.status();
    return response->panel();
  }
  absl::StatusOr<v1::Sitting> MakeSitting(const access::Caller& caller, int number = 901,
                                          const std::string& day = "2026-11-23") {
    v1::SaveSittingRequest request;
    request.set_sitting_id(IdOf(number));
    request.set_panel_id(IdOf(900));
    request.set_day(day);
    request.set_starts_at("09:30");
    request.set_venue("Room 2");
    AddMember(request, 4, v1::SEAT_CHAIR);
    AddMember(request, 8, v1::SEAT_HEAD_TEACHER, kSchool.urn.value());
    AddMember(request, 9, v1::SEAT_HEAD_TEACHER, kOther.urn.value());
    AddMember(request, 10, v1::SEAT_HEAD_TEACHER, testing::MakeSchool(2).urn.value());
    AddMember(request, 11, v1::SEAT_AUTHORITY);
    return SittingOf(Ask<v1::SaveSittingResponse>(caller, request));
  }
  v1::Sitting Planned() {
    auto panel = MakePanel(Clerk());
    EXPECT_TRUE(panel.ok()) << panel.status();
    auto sitting = MakeSitting(Clerk());
    EXPECT_TRUE(sitting.ok()) << sitting.status();
    return *sitting;
  }
  absl::StatusOr<v1::Sitting> GetSitting(const access::Caller& caller,
                                         const std::string& id = IdOf(901)) {
    v1::GetSittingRequest request;
    request.set_sitting_id(id);
    return SittingOf(Ask<v1::GetSittingResponse>(caller, request));
  }
  absl::StatusOr<v1::Sitting> Move(const v1::Sitting& seen, v1::SittingMove move) {
    v1::MoveSittingRequest request;
    request.set_sitting_id(seen.sitting_id());
    request.set_version(seen.version());
    request.set_move(move);
    return SittingOf(Ask<v1::MoveSittingResponse>(Clerk(), request));
  }
  absl::StatusOr<v1::Sitting> Attend(const v1::Sitting& seen, const std::set<int>& people) {
    v1::RecordAttendanceRequest request;
    request.set_sitting_id(seen.sitting_id());
    request.set_version(seen.version());
    for (const int person : people) request.add_person_ids(PersonIdOf(person));
    return SittingOf(Ask<v1::RecordAttendanceResponse>(Clerk(), request));
  }
  // Opened, with chair, two heads of other schools and the authority.
  v1::Sitting Opened() {
    const auto now = GetSitting(Clerk());
    EXPECT_TRUE(now.ok()) << now.status();
    auto open = Move(*now, v1::SITTING_MOVE_OPEN);
    EXPECT_TRUE(open.ok()) << open.status();
    auto attended = Attend(*open, {4, 9, 10, 11});
    EXPECT_TRUE(attended.ok()) << attended.status();
    return *attended;
  }
  absl::StatusOr<v1::Sitting> Seal(const v1::Sitting& seen) {
    v1::SealPacksRequest request;
    request.set_sitting_id(seen.sitting_id());
    request.set_version(seen.version());
    return SittingOf(Ask<v1::SealPacksResponse>(Clerk(), request));
  }
  absl::StatusOr<v1::Pack> GetPack(const access::Caller& caller, const std::string& case_id) {
    v1::GetPackRequest request;
    request.set_sitting_id(IdOf(901));
    request.set_case_id(case_id);
    auto response = Ask<v1::GetPackResponse>(caller, request);
    if (!response.ok()) return response.status();
    return response->pack();
  }
  absl::Status Declare(const access::Caller& caller, const std::string& case_id, int person = 0) {
    v1::DeclareInterestRequest request;
    request.set_sitting_id(IdOf(901));
    request.set_case_id(case_id);
    if (person != 0) request.set_person_id(PersonIdOf(person));
    return Ask<v1::DeclareInterestResponse>(caller, request).status();
  }

  // Decisions.
  static v1::DecisionTerms TierTwo() {
    v1::DecisionTerms terms;
    terms.set_kind(v1::DECISION_KIND_ALTERNATIVE_PROVISION);
    terms.set_tier(2);
    terms.set_until("2027-03-25");
    terms.set_review_on("2027-01-11");
    terms.set_reasons("A term in a smaller setting.");
    terms.set_conditions("Back for English on Fridays.");
    terms.set_way(v1::DECISION_WAY_AGREEMENT);
    return terms;
  }
  absl::StatusOr<v1::Decision> Propose(const access::Caller& caller, const std::string& case_id,
                                       const v1::DecisionTerms& terms, int number = 700,
                                       std::int64_t version = 0) {
    v1::ProposeDecisionRequest request;
    request.set_decision_id(IdOf(number));
    request.set_version(version);
    request.set_case_id(case_id);
    request.set_sitting_id(IdOf(901));
    *request.mutable_terms() = terms;
    auto response = Ask<v1::ProposeDecisionResponse>(caller, request);
    if (!response.ok()) return response.status();
    return response->decision();
  }
  absl::StatusOr<v1::Decision> Vote(const access::Caller& caller, const std::string& decision,
                                    v1::VoteChoice choice, int person = 0) {
    v1::CastVoteRequest request;
    request.set_decision_id(decision);
    request.set_choice(choice);
    if (person != 0) request.set_person_id(PersonIdOf(person));
    auto response = Ask<v1::CastVoteResponse>(caller, request);
    if (!response.ok()) return response.status();
    return response->decision();
  }
  absl::StatusOr<v1::SignOffDecisionResponse> SignOff(const v1::Decision& seen,
                                                      const access::Caller& caller = Chair()) {
    v1::SignOffDecisionRequest request;
    request.set_decision_id(seen.decision_id());
    request.set_version(seen.version());
    return Ask<v1::SignOffDecisionResponse>(caller, request);
  }
  // A case referred, scheduled and decided: tier 2.
  v1::Decision Decided(int number = 1, int pupil = 1, int decision = 700) {
    const auto panel_case = Referred(number, pupil);
    auto sitting = GetSitting(Clerk());
    if (!sitting.ok()) sitting = Planned();
    if (sitting->state() == v1::SITTING_STATE_PLANNED) Opened();
    // An agenda that is open fills no more by itself: the clerk takes the case on.
    if (panel_case.sitting_id().empty() && sitting->state() == v1::SITTING_STATE_OPEN) {
      v1::AddToAgendaRequest add;
      add.set_sitting_id(IdOf(901));
      add.set_version(GetSitting(Clerk())->version());
      add.set_case_id(panel_case.case_id());
      const auto added = Ask<v1::AddToAgendaResponse>(Clerk(), add);
      EXPECT_TRUE(added.ok()) << added.status();
    }
    auto proposed = Propose(Clerk(), panel_case.case_id(), TierTwo(), decision);
    EXPECT_TRUE(proposed.ok()) << proposed.status();
    auto final = SignOff(*proposed);
    EXPECT_TRUE(final.ok()) << final.status();
    return final->decision();
  }

 private:
  template <typename Response>
  static absl::StatusOr<v1::Sitting> SittingOf(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->sitting();
  }
};

}  // namespace pathways::panel
