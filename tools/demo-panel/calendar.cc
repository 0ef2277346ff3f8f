#include "tools/demo-panel/calendar.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/education/working_calendar.h"
#include "pathways/panel/v1/service.pb.h"
#include "pathways/registry/v1/service.pb.h"
#include "tools/demo-panel/referrals.h"

namespace pathways::demo_panel {
namespace {

using education::Day;
using education::WorkingCalendar;

// No authority has this code.
constexpr int kLaCode = 999;
// Sittings to come are this many working days away; a panel sits about every three weeks.
constexpr int kNextSitting = 12;
constexpr int kPrimarySitting = 9;
constexpr auto kEventsTake = std::chrono::seconds(30);
constexpr auto kLookAgain = std::chrono::milliseconds(500);

std::string IdOf(int kind, int number) {
  return absl::StrCat("de310000-0000-4000-8000-", absl::Dec(kind, absl::kZeroPad6),
                      absl::Dec(number, absl::kZeroPad6));
}

struct Person {
  std::string id;
  int urn = 0;
};
using People = std::map<std::string, Person>;

absl::StatusOr<People> PeopleByName(const Asked& registry) {
  People people;
  for (const char* role :
       {"panel_clerk", "panel_chair", "panel_member", "inclusion_officer", "school"}) {
    registry::v1::ListPeopleRequest request;
    request.set_role(role);
    const auto answer = registry.Ask<registry::v1::ListPeopleResponse>("ListPeople", request);
    if (!answer.ok()) return answer.status();
    for (const auto& person : answer->people()) {
      people[person.name()] = {person.person_id(), person.urns().empty() ? 0 : person.urns(0)};
    }
  }
  return people;
}

struct Seated {
  const char* name;
  panel::v1::Seat seat;
};
constexpr std::array<Seated, 4> kMembers = {{{"Robert Ashworth", panel::v1::SEAT_CHAIR},
                                             {"Anita Desai", panel::v1::SEAT_HEAD_TEACHER},
                                             {"Siobhán O'Neill", panel::v1::SEAT_HEAD_TEACHER},
                                             {"Priya Raman", panel::v1::SEAT_AUTHORITY}}};

// What is to be made of one sitting.
struct SittingWish {
  int number;
  int panel;
  Day day;
  const char* starts_at;
  const char* venue;
};

class CalendarLoader {
 public:
  CalendarLoader(const Asked& registry, const Asked& panel, People people)
      : registry_(registry), panel_(panel), people_(std::move(people)) {}

  absl::Status Load(Day today) {
    const auto made = MakePanel(1, "Secondary panel", panel::v1::PHASE_SECONDARY);
    if (!made.ok()) return made;
    auto status = MakePanel(2, "Primary panel", panel::v1::PHASE_PRIMARY);
    if (!status.ok()) return status;
    Referrals referrals(registry_, panel_);
    if (status = referrals.Complete(WaitForCases()); !status.ok()) return status;
    if (status = referrals.Add(); !status.ok()) return status;
    const WorkingCalendar& calendar = WorkingCalendar::England();
    const Day first = calendar.IsWorkingDay(today) ? today : calendar.AddWorkingDays(today, 1);
    status = MakeUnderWay({1, 1, first, "09:30", "Committee room 2, Civic Centre"});
    if (!status.ok()) return status;
    status = MakeToCome({2, 1, calendar.AddWorkingDays(today, kNextSitting), "09:30",
                         "Committee room 2, Civic Centre"});
    if (!status.ok()) return status;
    return MakeToCome({3, 2, calendar.AddWorkingDays(today, kPrimarySitting), "13:30",
                       "Online; the clerk sends the link"});
  }

 private:
  absl::Status MakePanel(int number, const char* name, panel::v1::Phase phase) const {
    panel::v1::SavePanelRequest request;
    request.mutable_panel()->set_panel_id(IdOf(1, number));
    request.mutable_panel()->set_la_code(kLaCode);
    request.mutable_panel()->set_name(name);
    request.mutable_panel()->set_phase(phase);
    request.mutable_panel()->set_usual_capacity(8);
    return panel_.Ask<panel::v1::SavePanelResponse>("SavePanel", request).status();
  }

  // Cases that permanent exclusions opened: as many as there are when no more come.
  std::vector<panel::v1::PanelCase> WaitForCases() const {
    std::vector<panel::v1::PanelCase> cases;
    const auto end = std::chrono::steady_clock::now() + kEventsTake;
    for (int unchanged = 0; unchanged < 6 && std::chrono::steady_clock::now() < end;) {
      panel::v1::ListCasesRequest request;
      request.add_states(panel::v1::CASE_STATE_REFERRED);
      request.set_page_size(200);
      const auto listed = panel_.Ask<panel::v1::ListCasesResponse>("ListCases", request);
      if (!listed.ok()) return cases;
      const bool same = static_cast<int>(cases.size()) == listed->cases_size() && !cases.empty();
      unchanged = same ? unchanged + 1 : 0;
      cases = {listed->cases().begin(), listed->cases().end()};
      std::this_thread::sleep_for(kLookAgain);
    }
    return cases;
  }

  absl::StatusOr<panel::v1::Sitting> MakeSitting(const SittingWish& wish) const {
    panel::v1::SaveSittingRequest request;
    request.set_sitting_id(IdOf(2, wish.number));
    request.set_panel_id(IdOf(1, wish.panel));
    request.set_day(wish.day.ToIso());
    request.set_starts_at(wish.starts_at);
    request.set_venue(wish.venue);
    for (const Seated& seated : kMembers) {
      const auto person = people_.find(seated.name);
      if (person == people_.end()) continue;
      panel::v1::Member* member = request.add_members();
      member->set_person_id(person->second.id);
      member->set_seat(seated.seat);
      if (seated.seat == panel::v1::SEAT_HEAD_TEACHER) member->set_urn(person->second.urn);
    }
    auto answer = panel_.Ask<panel::v1::SaveSittingResponse>("SaveSitting", request);
    if (!answer.ok()) return answer.status();
    return answer->sitting();
  }

  absl::Status MakeToCome(const SittingWish& wish) const {
    const auto sitting = MakeSitting(wish);
    if (sitting.ok()) Tell(*sitting, wish.day);
    return sitting.status();
  }

  static void Tell(const panel::v1::Sitting& sitting, Day day) {
    std::cout << "Sitting of the " << sitting.panel_name() << " on " << day.ToUk() << ": "
              << sitting.agenda_size() << " cases\n";
  }

  // Papers are read, everybody is there, and the first case is being decided.
  absl::Status MakeUnderWay(const SittingWish& wish) const {
    auto sitting = MakeSitting(wish);
    if (!sitting.ok()) return sitting.status();
    for (const std::string& case_id : Waiting()) {
      if (sitting->agenda_size() >= kOnFirstAgenda) break;
      panel::v1::AddToAgendaRequest add;
      add.set_case_id(case_id);
      auto status = Step<panel::v1::AddToAgendaResponse>("AddToAgenda", add, *sitting);
      if (!status.ok()) return status;
    }
    Tell(*sitting, wish.day);
    panel::v1::SealPacksRequest seal;
    auto status = Step<panel::v1::SealPacksResponse>("SealPacks", seal, *sitting);
    if (!status.ok()) return status;
    panel::v1::MoveSittingRequest open;
    open.set_move(panel::v1::SITTING_MOVE_OPEN);
    status = Step<panel::v1::MoveSittingResponse>("MoveSitting", open, *sitting);
    if (!status.ok()) return status;
    panel::v1::RecordAttendanceRequest there;
    for (const auto& member : sitting->members()) there.add_person_ids(member.person_id());
    status = Step<panel::v1::RecordAttendanceResponse>("RecordAttendance", there, *sitting);
    if (!status.ok() || sitting->agenda_size() == 0) return status;
    return BeginDecision(*sitting, sitting->agenda(0).panel_case());
  }

  std::vector<std::string> Waiting() const {
    panel::v1::ListCasesRequest request;
    request.add_states(panel::v1::CASE_STATE_REFERRED);
    request.set_phase(panel::v1::PHASE_SECONDARY);
    request.set_page_size(200);
    std::vector<std::string> waiting;
    const auto listed = panel_.Ask<panel::v1::ListCasesResponse>("ListCases", request);
    if (!listed.ok()) return waiting;
    for (const auto& one : listed->cases()) {
      if (one.complete()) waiting.push_back(one.case_id());
    }
    return waiting;
  }

  template <typename Response, typename Request>
  absl::Status Step(const char* method, Request& request, panel::v1::Sitting& sitting) const {
    request.set_sitting_id(sitting.sitting_id());
    request.set_version(sitting.version());
    auto answer = panel_.Ask<Response>(method, request);
    if (!answer.ok()) return answer.status();
    sitting = answer->sitting();
    return absl::OkStatus();
  }

  absl::Status BeginDecision(const panel::v1::Sitting& sitting,
                             const panel::v1::PanelCase& panel_case) const {
    const Day day = *Day::ParseIso(sitting.day());
    panel::v1::ProposeDecisionRequest propose;
    propose.set_decision_id(IdOf(3, 1));
    propose.set_case_id(panel_case.case_id());
    propose.set_sitting_id(sitting.sitting_id());
    panel::v1::DecisionTerms* terms = propose.mutable_terms();
    terms->set_kind(panel::v1::DECISION_KIND_ALTERNATIVE_PROVISION);
    terms->set_tier(2);
    terms->set_until((day + 12 * 7).ToIso());
    terms->set_review_on((day + 6 * 7).ToIso());
    terms->set_way(panel::v1::DECISION_WAY_VOTE);
    terms->set_reasons(
        "A practical programme with a small group, near home, fits what the pupil and the family "
        "asked for.");
    terms->set_conditions("Maths and English every week; the school's mentor visits on Fridays.");
    auto status =
        panel_.Ask<panel::v1::ProposeDecisionResponse>("ProposeDecision", propose).status();
    if (!status.ok()) return status;
    for (const auto& member : sitting.members()) {
      if (member.urn() == panel_case.urn()) continue;
      panel::v1::CastVoteRequest vote;
      vote.set_decision_id(propose.decision_id());
      vote.set_person_id(member.person_id());
      vote.set_choice(panel::v1::VOTE_CHOICE_FOR);
      status = panel_.Ask<panel::v1::CastVoteResponse>("CastVote", vote).status();
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  static constexpr int kOnFirstAgenda = 3;

  const Asked& registry_;
  const Asked& panel_;
  const People people_;
};

}  // namespace

absl::Status LoadCalendar(const Asked& registry, const Asked& panel, Day today) {
  const auto known =
      panel.Ask<panel::v1::ListSittingsResponse>("ListSittings", panel::v1::ListSittingsRequest());
  if (!known.ok()) return known.status();
  if (known->total() > 0) return absl::OkStatus();
  auto people = PeopleByName(registry);
  if (!people.ok()) return people.status();
  return CalendarLoader(registry, panel, *std::move(people)).Load(today);
}

}  // namespace pathways::demo_panel
