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
  absl::StatusOr<RequestFacts> OfRequest(const service::Call&, const std::string&) override {
    return request;
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

  absl::StatusOr<RequestFacts> request = absl::NotFoundError("There is no such request");
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

  template <typename Response>
  static absl::StatusOr<v1::PanelCase> CaseOf(const absl::StatusOr<Response>& response) {
    if (!response.ok()) return response.status();
    return response->panel_case();
  }
};

}  // namespace pathways::panel
