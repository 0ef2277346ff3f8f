// For tests: the service on a real database, its neighbours played by fakes.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/events/outbox.h"
#include "libs/service/calling.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/attendance/v1/events.pb.h"
#include "pathways/referrals/v1/service.pb.h"
#include "services/referrals/api/referrals_api.h"
#include "services/referrals/domain/form_fixture.h"
#include "services/referrals/reactions/absence_reaction.h"

namespace pathways::referrals {

// Knows everybody of MakePupil in every school of MakeSchool, until told otherwise.
class FakeFacts : public FactSource {
 public:
  absl::StatusOr<PupilFacts> OfPupil(const service::Call&, const education::PupilId&,
                                     education::Urn urn) override {
    if (!registry.ok()) return registry;
    for (int number = 0; number < 12; ++number) {
      const auto school = testing::MakeSchool(number);
      if (school.urn == urn) {
        return PupilFacts{.la_code = school.la_code,
                          .year_group = "7",
                          .sen_provision = "K",
                          .pupil_premium = true};
      }
    }
    return absl::NotFoundError("There is no such school");
  }
  absl::StatusOr<AttendanceFacts> OfAttendance(const service::Call&, const education::PupilId&,
                                               education::Urn) override {
    ++asked;
    if (!attendance.ok()) return attendance;
    return AttendanceFacts{.possible = 100,
                           .attended = 85,
                           .authorised = 5,
                           .unauthorised = 10,
                           .absence = "persistent",
                           .absence_since = "2026-10-06"};
  }

  absl::Status registry, attendance;
  int asked = 0;
};

class FakeWorkers : public WorkerDirectory {
 public:
  absl::StatusOr<Worker> Find(const service::Call&, const education::PersonId& person) override {
    const auto found = workers.find(person);
    if (found == workers.end()) return absl::NotFoundError("There is no such person");
    return found->second;
  }
  std::map<education::PersonId, Worker> workers;
};

// People: number 1 of the school, 2 of another school, 3 and 4 Early Help, 5 inclusion officer, 6
// manager.
class ReferralsWorld : public ::testing::Test {
 protected:
  ReferralsWorld()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::LibraryMigrations("settings"),
                   storage::ServiceMigrations("referrals")}),
        clock_(kToday),
        outbox_(ids_, clock_, "/pathways/referrals"),
        absence_(ids_, clock_) {
    auto pool = storage::Pool::Open({.uri = database_.app_uri(), .size = 4});
    EXPECT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
    const Worker here{.works_on_cases = true, .authorities = {kSchool.la_code}};
    workers_.workers = {{testing::MakePersonId(3), here}, {testing::MakePersonId(4), here}};
    parts_ = {.pool = pool_.get(),
              .outbox = &outbox_,
              .clock = &clock_,
              .ids = &ids_,
              .metrics = &metrics_,
              .facts = &facts_,
              .workers = &workers_};
    endpoint_ = std::make_unique<service::Endpoint>(ReferralsEndpoint(parts_));
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
  static access::Scope OfAuthority(education::LaCode la_code) {
    access::Scope scope;
    scope.authorities = {la_code};
    return scope;
  }
  static access::Caller SchoolStaff() {
    return Person(1, access::Role::kSchool, OfSchool(kSchool));
  }
  static access::Caller OtherSchool() { return Person(2, access::Role::kSchool, OfSchool(kOther)); }
  static access::Caller EarlyHelp(int number = 3) {
    return Person(number, access::Role::kEarlyHelpWorker, OfAuthority(kSchool.la_code));
  }
  static access::Caller Officer() {
    return Person(5, access::Role::kInclusionOfficer, OfAuthority(kSchool.la_code));
  }
  static access::Caller Manager() {
    return Person(6, access::Role::kManager, OfAuthority(kSchool.la_code));
  }
  static access::Caller Elsewhere(access::Role role) {
    return Person(7, role, OfAuthority(testing::MakeSchool(6).la_code));
  }

  template <typename Response>
  absl::StatusOr<Response> Ask(const access::Caller& caller, std::string_view method,
                               const google::protobuf::Message& request) {
    Response response;
    auto status = service::CallUnary(*endpoint_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  // For methods whose answer is a request.
  template <typename Response, typename Request>
  absl::StatusOr<v1::Request> Do(const access::Caller& caller, std::string_view method,
                                 const Request& request) {
    auto response = Ask<Response>(caller, method, request);
    if (!response.ok()) return response.status();
    return response->request();
  }

  static v1::CreateRequestRequest Wish(int number = 1, const std::string& proposal = "") {
    v1::CreateRequestRequest request;
    request.set_request_id(RequestIdOf(number));
    request.set_pupil_id(testing::MakePupilId(1).ToString());
    request.set_urn(kSchool.urn.value());
    request.set_proposal_id(proposal);
    return request;
  }
  static std::string RequestIdOf(int number) {
    return "10000000-0000-4000-8000-" + std::string(11, '0') + std::to_string(number);
  }

  absl::StatusOr<v1::Request> Create(const access::Caller& caller,
                                     const v1::CreateRequestRequest& wish) {
    return Do<v1::CreateRequestResponse>(caller, "CreateRequest", wish);
  }
  absl::StatusOr<v1::Request> Get(const access::Caller& caller, const std::string& id) {
    v1::GetRequestRequest request;
    request.set_request_id(id);
    return Do<v1::GetRequestResponse>(caller, "GetRequest", request);
  }
  absl::StatusOr<v1::Request> Save(const access::Caller& caller, const v1::Request& seen,
                                   const std::string& section, const SentAnswers& answers) {
    v1::SaveSectionRequest request;
    request.set_request_id(seen.request_id());
    request.set_version(seen.version());
    request.mutable_section()->set_name(section);
    for (const auto& [key, value] : answers) {
      auto* answer = request.mutable_section()->add_answers();
      answer->set_key(key);
      answer->set_value(value);
    }
    return Do<v1::SaveSectionResponse>(caller, "SaveSection", request);
  }
  absl::StatusOr<v1::Request> Submit(const access::Caller& caller, const v1::Request& seen) {
    v1::SubmitRequestRequest request;
    request.set_request_id(seen.request_id());
    request.set_version(seen.version());
    return Do<v1::SubmitRequestResponse>(caller, "SubmitRequest", request);
  }
  absl::StatusOr<v1::Request> Withdraw(const access::Caller& caller, const v1::Request& seen,
                                       const std::string& reason = "The family has moved on.") {
    v1::WithdrawRequestRequest request;
    request.set_request_id(seen.request_id());
    request.set_version(seen.version());
    request.set_reason(reason);
    return Do<v1::WithdrawRequestResponse>(caller, "WithdrawRequest", request);
  }
  absl::StatusOr<v1::Request> Decide(const access::Caller& caller, const v1::Request& seen,
                                     v1::Decision decision, const std::string& note = "",
                                     const std::string& code = "", int worker = 0) {
    v1::DecideRequestRequest request;
    request.set_request_id(seen.request_id());
    request.set_version(seen.version());
    request.set_decision(decision);
    request.set_note(note);
    request.set_code(code);
    if (worker != 0) request.set_worker_id(testing::MakePersonId(worker).ToString());
    return Do<v1::DecideRequestResponse>(caller, "DecideRequest", request);
  }
  absl::StatusOr<v1::Request> Allocate(const access::Caller& caller, const v1::Request& seen,
                                       int worker) {
    v1::AllocateRequestRequest request;
    request.set_request_id(seen.request_id());
    request.set_version(seen.version());
    request.set_worker_id(testing::MakePersonId(worker).ToString());
    return Do<v1::AllocateRequestResponse>(caller, "AllocateRequest", request);
  }

  // A draft with every section answered.
  v1::Request WriteDraft(int number = 1, const access::Caller& writer = SchoolStaff(),
                         const std::string& proposal = "") {
    auto draft = Create(writer, Wish(number, proposal));
    EXPECT_TRUE(draft.ok()) << draft.status();
    for (const auto& [section, answers] : fixture::GoodAnswers(clock_.Today())) {
      draft = Save(writer, *draft, section, answers);
      EXPECT_TRUE(draft.ok()) << draft.status();
    }
    return *draft;
  }
  v1::Request SendRequest(int number = 1, const std::string& proposal = "") {
    auto sent = Submit(SchoolStaff(), WriteDraft(number, SchoolStaff(), proposal));
    EXPECT_TRUE(sent.ok()) << sent.status();
    return *sent;
  }

  std::vector<v1::Request> List(const access::Caller& caller,
                                const v1::ListRequestsRequest& request = {}) {
    const auto listed = Ask<v1::ListRequestsResponse>(caller, "ListRequests", request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->requests().begin(), listed->requests().end()};
  }
  std::vector<v1::Proposal> Proposals(const access::Caller& caller,
                                      v1::ProposalState state = v1::PROPOSAL_STATE_OPEN) {
    v1::ListProposalsRequest request;
    request.set_state(state);
    const auto listed = Ask<v1::ListProposalsResponse>(caller, "ListProposals", request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->proposals().begin(), listed->proposals().end()};
  }
  std::vector<v1::TimelineEntry> Timeline(const access::Caller& caller, int pupil = 1) {
    v1::ListTimelineRequest request;
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    const auto listed = Ask<v1::ListTimelineResponse>(caller, "ListTimeline", request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    return {listed->entries().begin(), listed->entries().end()};
  }
  // Oldest first.
  std::vector<std::string> Kinds(const access::Caller& caller, int pupil = 1) {
    std::vector<std::string> kinds;
    const auto entries = Timeline(caller, pupil);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
      kinds.push_back(entry->kind());
    return kinds;
  }

  // What attendance says about pupil `number`, whose enrolment has the same number.
  static attendance::v1::AbsenceFigures Figures(int number, const std::string& day, int absent) {
    attendance::v1::AbsenceFigures figures;
    figures.set_pupil_id(testing::MakePupilId(number).ToString());
    figures.set_enrolment_id("20000000-0000-4000-8000-" + std::string(10, '0') +
                             std::to_string(10 + number));
    figures.set_urn(kSchool.urn.value());
    figures.set_la_code(kSchool.la_code.value());
    figures.set_day(day);
    figures.set_sessions_possible(50);
    figures.set_sessions_absent(absent);
    figures.set_sessions_unauthorised(2);
    figures.set_academic_year(202627);
    return figures;
  }
  template <typename Message>
  events::Event Said(Message message, const std::string& traceparent = kTraceparent) {
    events::Event event(events::EventId::New(ids_));
    event.type = Message::descriptor()->full_name();
    event.traceparent = traceparent;
    event.payload = message.SerializeAsString();
    return event;
  }
  template <typename Message>
  events::Event Crossed(int number, const std::string& day, int absent = 5) {
    Message message;
    *message.mutable_figures() = Figures(number, day, absent);
    return Said(message);
  }
  events::Event Persistent(int number, const std::string& day) {
    return Crossed<attendance::v1::AbsenceBecamePersistent>(number, day);
  }
  events::Event Severe(int number, const std::string& day) {
    return Crossed<attendance::v1::AbsenceBecameSevere>(number, day, 25);
  }
  events::Event CrossingWithdrawn(int number, const std::string& day,
                                  attendance::v1::AbsenceKind kind, bool was_recovery = false) {
    attendance::v1::AbsenceCrossingWithdrawn message;
    *message.mutable_figures() = Figures(number, day, 4);
    message.set_kind(kind);
    message.set_was_recovery(was_recovery);
    return Said(message);
  }
  events::Event Recovered(int number, const std::string& day, attendance::v1::AbsenceKind kind) {
    attendance::v1::AbsenceRecovered message;
    *message.mutable_figures() = Figures(number, day, 4);
    message.set_kind(kind);
    return Said(message);
  }
  absl::Status Apply(const std::vector<events::Event>& events) {
    return storage::RunInTransaction(
        *pool_, storage::RowScope::System(absence_.spec().name), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return absence_.Apply(transaction, events); });
  }
  std::string OnlyProposal() {
    const auto open = Proposals(SchoolStaff());
    EXPECT_EQ(open.size(), 1u);
    return open.empty() ? "" : open.front().proposal_id();
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

  static std::vector<std::string> Fields(const absl::Status& status) {
    std::vector<std::string> fields;
    for (const auto& violation : service::ViolationsOf(status)) fields.push_back(violation.field);
    return fields;
  }

  static std::string FactOf(const v1::Request& request, std::string_view key) {
    for (const auto& fact : request.facts()) {
      if (fact.key() == key) return fact.value().empty() ? "(missing)" : fact.value();
    }
    return "(none)";
  }
  static bool IsCompleteIn(const v1::Request& request, std::string_view section) {
    for (const auto& one : request.sections()) {
      if (one.name() == section) return one.complete();
    }
    return false;
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
  AbsenceReaction absence_;
  service::Metrics metrics_;
  FakeFacts facts_;
  FakeWorkers workers_;
  std::unique_ptr<storage::Pool> pool_;
  ReferralsParts parts_;
  std::unique_ptr<service::Endpoint> endpoint_;
};

}  // namespace pathways::referrals
