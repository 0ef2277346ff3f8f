// For tests: the service on a real database, its neighbours played by fakes.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "libs/events/outbox.h"
#include "libs/service/calling.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/exclusions/v1/events.pb.h"
#include "pathways/panel/v1/service.pb.h"
#include "services/panel/api/panel_api.h"
#include "services/panel/reactions/exclusion_reaction.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {

// Knows everybody of MakePupil in every school of MakeSchool, until told otherwise.
class FakeFacts : public FactSource {
 public:
  absl::StatusOr<PupilFacts> OfPupil(const service::Call&, const education::PupilId&,
                                     education::Urn urn) override {
    for (int number = 0; number < 12; ++number) {
      const auto school = testing::MakeSchool(number);
      if (school.urn != urn) continue;
      return PupilFacts{.la_code = school.la_code,
                        .phase = Phase::kSecondary,
                        .year_group = "9",
                        .sen_provision = "K"};
    }
    return absl::NotFoundError("There is no such school");
  }
  absl::StatusOr<KnownFacts> OfAttendance(const service::Call&, const education::PupilId&,
                                          education::Urn) override {
    if (!attendance.ok()) return attendance;
    return KnownFacts{{"sessions_possible", "120"}, {"sessions_absent", "30"}};
  }
  absl::StatusOr<KnownFacts> OfExclusions(const service::Call&,
                                          const education::PupilId&) override {
    return KnownFacts{{"suspensions_in_year", "4"}};
  }
  absl::StatusOr<KnownFacts> OfReferrals(const service::Call&, const education::PupilId&) override {
    return KnownFacts{{"early_help_requests", "1"}};
  }
  absl::StatusOr<std::vector<SchoolOption>> Schools(const service::Call&,
                                                    education::LaCode) override {
    return schools;
  }

  absl::Status attendance;
  std::vector<SchoolOption> schools;
};

// People: 1 of the school, 2 of another school, 3 clerk, 4 chair, 5 officer, 6 manager, 7
// elsewhere, 8 to 10 head teachers (of schools 0, 1 and 2), 11 the authority's member, 12 provider,
// 13 another provider's.
class PanelWorld : public ::testing::Test {
 protected:
  PanelWorld()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::ServiceMigrations("panel")}),
        clock_(kToday),
        outbox_(ids_, clock_, "/pathways/panel"),
        exclusion_(outbox_, ids_, clock_) {
    auto pool = storage::Pool::Open({.uri = database_.app_uri(), .size = 4});
    EXPECT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
    parts_ = {.pool = pool_.get(),
              .outbox = &outbox_,
              .clock = &clock_,
              .ids = &ids_,
              .metrics = &metrics_,
              .facts = &facts_};
    endpoint_ = std::make_unique<service::Endpoint>(PanelEndpoint(parts_));
  }

  static access::Caller Person(int number, access::Role role, access::Scope scope) {
    access::Caller caller;
    caller.person = testing::MakePersonId(number);
    caller.roles = {role};
    caller.scope = std::move(scope);
    return caller;
  }
  static access::Scope OfSchool(const testing::TestSchool& school) {
    access::Scope scope;
    scope.schools = {school.urn};
    return scope;
  }
  static access::Scope Here() {
    access::Scope scope;
    scope.authorities = {kSchool.la_code};
    return scope;
  }
  static access::Caller SchoolStaff() {
    return Person(1, access::Role::kSchool, OfSchool(kSchool));
  }
  static access::Caller OtherSchool() { return Person(2, access::Role::kSchool, OfSchool(kOther)); }
  static access::Caller Clerk() { return Person(3, access::Role::kPanelClerk, Here()); }
  static access::Caller Chair() { return Person(4, access::Role::kPanelChair, Here()); }
  static access::Caller Officer() { return Person(5, access::Role::kInclusionOfficer, Here()); }
  static access::Caller Manager() { return Person(6, access::Role::kManager, Here()); }
  static access::Caller Elsewhere(access::Role role) {
    access::Scope scope;
    scope.authorities = {testing::MakeSchool(6).la_code};
    return Person(7, role, scope);
  }
  // 8 to 11.
  static access::Caller Sitter(int number) {
    return Person(number, access::Role::kPanelMember, access::Scope());
  }
  static access::Caller ProviderStaff(int number = 12) {
    return Person(number, access::Role::kProvider, access::Scope());
  }

  static std::string IdOf(int number) {
    const std::string digits = std::to_string(number);
    return "10000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
  }
  static std::string PersonIdOf(int number) { return testing::MakePersonId(number).ToString(); }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const access::Caller& caller, const Request& request) {
    const std::string name = Request::descriptor()->name();
    Response response;
    auto status =
        service::CallUnary(*endpoint_, name.substr(0, name.size() - 7), caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  // Cases.
  absl::StatusOr<v1::PanelCase> Create(const access::Caller& caller, int number = 1,
                                       int pupil = 1) {
    v1::CreateCaseRequest request;
    request.set_case_id(IdOf(number));
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    request.set_urn(kSchool.urn.value());
    return CaseOf(Ask<v1::CreateCaseResponse>(caller, request));
  }
  absl::StatusOr<v1::PanelCase> Get(const access::Caller& caller, const std::string& id) {
    v1::GetCaseRequest request;
    request.set_case_id(id);
    return CaseOf(Ask<v1::GetCaseResponse>(caller, request));
  }
  absl::StatusOr<v1::PanelCase> Save(
      const access::Caller& caller, const v1::PanelCase& seen, const std::string& section,
      const std::vector<std::pair<std::string, std::string>>& answers) {
    v1::SaveCaseSectionRequest request;
    request.set_case_id(seen.case_id());
    request.set_version(seen.version());
    request.mutable_section()->set_name(section);
    for (const auto& [key, value] : answers) {
      auto* answer = request.mutable_section()->add_answers();
      answer->set_key(key);
      answer->set_value(value);
    }
    return CaseOf(Ask<v1::SaveCaseSectionResponse>(caller, request));
  }
  absl::StatusOr<v1::PanelCase> Refer(const access::Caller& caller, const v1::PanelCase& seen) {
    v1::ReferCaseRequest request;
    request.set_case_id(seen.case_id());
    request.set_version(seen.version());
    return CaseOf(Ask<v1::ReferCaseResponse>(caller, request));
  }
  absl::StatusOr<v1::PanelCase> End(const access::Caller& caller, const v1::PanelCase& seen,
                                    v1::CaseEnd end) {
    v1::EndCaseRequest request;
    request.set_case_id(seen.case_id());
    request.set_version(seen.version());
    request.set_end(end);
    request.set_reason("Because it is over, as agreed.");
    return CaseOf(Ask<v1::EndCaseResponse>(caller, request));
  }
  // Every page answered.
  absl::StatusOr<v1::PanelCase> FillPages(const access::Caller& caller, v1::PanelCase seen) {
    const std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>>
        pages = {{"reason", {{"main_reason", "at_risk_of_exclusion"}, {"reason", "Many fights."}}},
                 {"needs",
                  {{"needs", "behaviour,learning"},
                   {"needs_detail", "Struggles to read."},
                   {"strengths", "Kind to younger pupils."},
                   {"has_plan", "no"},
                   {"has_social_worker", "no"}}},
                 {"tried", {{"tried", "mentoring"}, {"tried_detail", "Weekly since May."}}},
                 {"views",
                  {{"pupil_view_known", "yes"},
                   {"pupil_view", "Wants a fresh start."},
                   {"parent_view_known", "yes"},
                   {"parent_view", "Agrees."}}},
                 {"asked",
                  {{"asked_for", "alternative_provision"},
                   {"tier", "2"},
                   {"asked_detail", "A term elsewhere."}}},
                 {"safety", {{"risks_known", "no"}}}};
    for (const auto& [section, answers] : pages) {
      auto saved = Save(caller, seen, section, answers);
      if (!saved.ok()) return saved.status();
      seen = *std::move(saved);
    }
    return seen;
  }
  // A complete case, sent.
  v1::PanelCase Referred(int number = 1, int pupil = 1) {
    auto draft = Create(SchoolStaff(), number, pupil);
    EXPECT_TRUE(draft.ok()) << draft.status();
    auto full = FillPages(SchoolStaff(), *draft);
    EXPECT_TRUE(full.ok()) << full.status();
    auto sent = Refer(SchoolStaff(), *full);
    EXPECT_TRUE(sent.ok()) << sent.status();
    return *sent;
  }

  // Sittings.
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

  // Providers and placements.
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

  // What exclusions says.
  static exclusions::v1::ExclusionFigures Figures(int number = 1) {
    exclusions::v1::ExclusionFigures figures;
    figures.set_exclusion_id(IdOf(500 + number));
    figures.set_pupil_id(testing::MakePupilId(number).ToString());
    figures.set_urn(kSchool.urn.value());
    figures.set_la_code(kSchool.la_code.value());
    figures.set_kind("PERM");
    figures.set_start_date("2026-11-02");
    figures.set_provision_from("2026-11-10");
    return figures;
  }
  template <typename Message>
  events::Event Said(Message message, int number = 1) {
    *message.mutable_figures() = Figures(number);
    return EventOf(message);
  }
  template <typename Message>
  events::Event EventOf(const Message& message) {
    events::Event event(events::EventId::New(ids_));
    event.type = Message::descriptor()->full_name();
    event.traceparent = kTraceparent;
    event.payload = message.SerializeAsString();
    return event;
  }
  absl::Status Apply(const std::vector<events::Event>& events) {
    return storage::RunInTransaction(
        *pool_, storage::RowScope::System(exclusion_.spec().name), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return exclusion_.Apply(transaction, events); });
  }
  void KnowSchool(std::optional<Phase> phase = Phase::kSecondary) {
    auto status = storage::RunInTransaction(
        *pool_, storage::RowScope::System("panel.schools"), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) {
          return KeepSchoolPhase(transaction, kSchool.urn, kSchool.la_code, phase);
        });
    ASSERT_TRUE(status.ok()) << status;
  }
  std::vector<v1::PanelCase> Cases(const access::Caller& caller) {
    const auto listed = Ask<v1::ListCasesResponse>(caller, v1::ListCasesRequest());
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->cases().begin(), listed->cases().end()};
  }

  // Types without their package, in order of the outbox.
  std::vector<std::string> Published() {
    std::vector<std::string> types;
    const auto rows = Rows("select type, version from events.outbox order by seq");
    for (const auto& row : rows) {
      const auto type = row.Get<std::string>("type");
      types.push_back(type.substr(type.rfind('.') + 1) + " " +
                      std::to_string(row.Get<std::int64_t>("version")));
    }
    return types;
  }
  // Oldest first.
  std::vector<std::string> Kinds(const access::Caller& caller, int pupil = 1) {
    v1::ListTimelineRequest request;
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    const auto listed = Ask<v1::ListTimelineResponse>(caller, request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    std::vector<std::string> kinds;
    for (auto entry = listed->entries().rbegin(); entry != listed->entries().rend(); ++entry) {
      kinds.push_back(entry->kind());
    }
    return kinds;
  }
  static std::vector<std::string> Fields(const absl::Status& status) {
    std::vector<std::string> fields;
    for (const auto& violation : service::ViolationsOf(status)) fields.push_back(violation.field);
    return fields;
  }

  // As superuser, past every policy.
  storage::Rows Rows(storage::Sql sql) {
    auto session = storage::Session::Open(database_.admin_uri());
    auto rows = session->Query(storage::Deadline::After(kLimit), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return *rows;
  }
  std::int64_t Count(storage::Sql sql) { return Rows(sql).front().Get<std::int64_t>(0); }

  static constexpr std::chrono::seconds kLimit{20};
  static constexpr char kTraceId[] = "4bf92f3577b34da6a3ce929d0e0e4736";
  static constexpr char kTraceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  // A Monday.
  static inline const education::Day kToday{std::chrono::year(2026) / 11 / 2};
  static inline const testing::TestSchool kSchool = testing::MakeSchool(0);
  static inline const testing::TestSchool kOther = testing::MakeSchool(1);

  testing::TestDatabase database_;
  education::FixedClock clock_;
  education::RandomIdSource ids_;
  events::Outbox outbox_;
  ExclusionReaction exclusion_;
  service::Metrics metrics_;
  FakeFacts facts_;
  std::unique_ptr<storage::Pool> pool_;
  PanelParts parts_;
  std::unique_ptr<service::Endpoint> endpoint_;

 private:
  template <typename Response>
  static absl::StatusOr<v1::PanelCase> CaseOf(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->panel_case();
  }
  template <typename Response>
  static absl::StatusOr<v1::Sitting> SittingOf(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->sitting();
  }
  template <typename Response>
  static absl::StatusOr<v1::Placement> PlacementOf(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->placement();
  }
};

}  // namespace pathways::panel
