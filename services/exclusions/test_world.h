// What this service's integration tests share: its database, its methods, and schools whose rolls
// and calendars stand in for the registry's. Included by tests only.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/importing/import_runs.h"
#include "libs/service/calling.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "pathways/registry/v1/events.pb.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/fake_registry.h"
#include "services/exclusions/reactions/deadline_watch.h"
#include "services/exclusions/reactions/registry_reaction.h"

namespace pathways::exclusions {

// People: number 1 of school 0, 2 of school 1, 5 inclusion officer, 6 manager, 8 Early Help, all of
// authority 822; pupils 0 to 9 of school 0, 10 to 19 of school 1; pupil 5 was at school 1 until the
// end of September.
class ExclusionsWorld : public ::testing::Test {
 protected:
  ExclusionsWorld()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::LibraryMigrations("importing"),
                   storage::LibraryMigrations("letters"), storage::ServiceMigrations("exclusions")}),
        clock_(kToday),
        outbox_(ids_, clock_, "/pathways/exclusions"),
        reaction_(outbox_, clock_) {
    auto pool = storage::Pool::Open({.uri = database_.app_uri(), .size = 4});
    EXPECT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
    imports_ = std::make_unique<importing::ImportRuns>(*pool_, clock_);
    parts_ = {.pool = pool_.get(),
              .outbox = &outbox_,
              .clock = &clock_,
              .ids = &ids_,
              .imports = imports_.get(),
              .rolls = &registry_,
              .calendars = &calendars_};
    endpoint_ = std::make_unique<service::Endpoint>(ExclusionsEndpoint(parts_));
    for (int pupil = 0; pupil < 10; ++pupil) {
      registry_.Enrol(pupil, 0, pupil == 5 ? Day(2026, 10, 1) : kEntry);
    }
    registry_.Enrol(5, 1, kEntry, Day(2026, 9, 30));
    for (int pupil = 10; pupil < 20; ++pupil) registry_.Enrol(pupil, 1, kEntry);
    registry_.Enrol(30, 6, kEntry);
    const absl::Status told = Apply(Everything());
    EXPECT_TRUE(told.ok()) << told;
  }

  static education::Day Day(int year, int month, int day) {
    return *education::Day::FromYearMonthDay(year, month, day);
  }
  static std::string UrnOf(int school) { return testing::MakeSchool(school).urn.ToString(); }
  static std::string Upn(int pupil) { return testing::MakeUpn(pupil).ToString(); }

  static access::Caller Person(int number, access::Role role, access::Scope scope) {
    access::Caller caller;
    caller.person = testing::MakePersonId(number);
    caller.roles = {role};
    caller.scope = std::move(scope);
    caller.trace_id = kTraceId;
    return caller;
  }
  static access::Scope OfSchool(int school) {
    access::Scope scope;
    scope.schools = {testing::MakeSchool(school).urn};
    return scope;
  }
  static access::Scope OfAuthority(int school) {
    access::Scope scope;
    scope.authorities = {testing::MakeSchool(school).la_code};
    return scope;
  }
  static access::Caller Staff(int school = 0) {
    return Person(1 + school, access::Role::kSchool, OfSchool(school));
  }
  static access::Caller Officer() {
    return Person(5, access::Role::kInclusionOfficer, OfAuthority(0));
  }
  static access::Caller Manager() { return Person(6, access::Role::kManager, OfAuthority(0)); }
  static access::Caller EarlyHelp() {
    return Person(8, access::Role::kEarlyHelpWorker, OfAuthority(0));
  }
  static access::Caller OfficerElsewhere() {
    return Person(7, access::Role::kInclusionOfficer, OfAuthority(6));
  }
  static access::Caller Operator() {
    return Person(9, access::Role::kOperator, access::Scope::Everything());
  }

  template <typename Response>
  absl::StatusOr<Response> Ask(const access::Caller& caller, std::string_view method,
                               const google::protobuf::Message& request) {
    Response response;
    auto status = service::CallUnary(*endpoint_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  // For methods whose answer is an exclusion.
  template <typename Response, typename Request>
  absl::StatusOr<v1::Exclusion> Do(const access::Caller& caller, std::string_view method,
                                   const Request& request) {
    auto response = Ask<Response>(caller, method, request);
    if (!response.ok()) return response.status();
    return response->exclusion();
  }

  static v1::ExclusionFacts Suspension(const std::string& start, int half_days,
                                       v1::Session session = v1::SESSION_AM) {
    v1::ExclusionFacts facts;
    facts.set_kind(v1::KIND_SUSPENSION);
    facts.set_start_date(start);
    facts.set_start_session(session);
    facts.set_half_days(half_days);
    facts.add_reasons("PP");
    facts.set_warnings_seen(true);
    return facts;
  }
  static v1::ExclusionFacts Lunchtimes(const std::string& start, int lunchtimes) {
    v1::ExclusionFacts facts = Suspension(start, lunchtimes);
    facts.set_kind(v1::KIND_LUNCHTIME);
    return facts;
  }
  static v1::ExclusionFacts Permanent(const std::string& start) {
    v1::ExclusionFacts facts = Suspension(start, 0);
    facts.set_kind(v1::KIND_PERMANENT);
    facts.set_evidence("What happened in the canteen.");
    facts.set_tried("A behaviour plan and a mentor.");
    return facts;
  }
  static std::string IdOf(int number) {
    char text[40];
    std::snprintf(text, sizeof(text), "30000000-0000-4000-8000-%012d", number);
    return text;
  }
  static v1::RecordExclusionRequest Wish(int number, int pupil, int school,
                                         const v1::ExclusionFacts& facts) {
    v1::RecordExclusionRequest request;
    request.set_exclusion_id(IdOf(number));
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    request.set_urn(testing::MakeSchool(school).urn.value());
    *request.mutable_facts() = facts;
    return request;
  }
  absl::StatusOr<v1::Exclusion> TryRecord(const access::Caller& caller, int number, int pupil,
                                          const v1::ExclusionFacts& facts, int school = 0) {
    return Do<v1::RecordExclusionResponse>(caller, "RecordExclusion",
                                           Wish(number, pupil, school, facts));
  }
  // On the first day, by the pupil's school.
  v1::Exclusion Record(int number, int pupil, const v1::ExclusionFacts& facts, int school = 0) {
    clock_.Set(education::FixedClock(*education::Day::ParseIso(facts.start_date())).Now());
    auto recorded = TryRecord(Staff(school), number, pupil, facts, school);
    EXPECT_TRUE(recorded.ok()) << recorded.status();
    return recorded.ok() ? *recorded : v1::Exclusion();
  }
  absl::StatusOr<v1::Exclusion> Get(const access::Caller& caller, const std::string& id) {
    v1::GetExclusionRequest request;
    request.set_exclusion_id(id);
    return Do<v1::GetExclusionResponse>(caller, "GetExclusion", request);
  }
  v1::GetClockResponse ClockOf(const std::string& id, const access::Caller& caller = Staff()) {
    v1::GetClockRequest request;
    request.set_exclusion_id(id);
    auto clock = Ask<v1::GetClockResponse>(caller, "GetClock", request);
    EXPECT_TRUE(clock.ok()) << clock.status();
    return clock.ok() ? *clock : v1::GetClockResponse();
  }
  // Due days by step; "without_delay" where there is none; "x" where the step does not apply.
  std::string DueOf(const std::string& id, const std::string& step) {
    const v1::GetClockResponse clock = ClockOf(id, Operator());
    for (const auto& one : clock.steps()) {
      if (one.step() == step) return one.due().empty() ? "without_delay" : one.due();
    }
    return "x";
  }
  absl::StatusOr<v1::Exclusion> Decide(const access::Caller& caller, const v1::Exclusion& seen,
                                       const v1::Decisions& decisions,
                                       const std::string& note = "") {
    v1::RecordDecisionRequest request;
    request.set_exclusion_id(seen.exclusion_id());
    request.set_version(seen.version());
    *request.mutable_decisions() = decisions;
    request.set_note(note);
    return Do<v1::RecordDecisionResponse>(caller, "RecordDecision", request);
  }
  absl::StatusOr<v1::Exclusion> Change(const access::Caller& caller, const v1::Exclusion& seen,
                                       const v1::ExclusionFacts& facts) {
    v1::ChangeExclusionRequest request;
    request.set_exclusion_id(seen.exclusion_id());
    request.set_version(seen.version());
    *request.mutable_facts() = facts;
    request.set_reason("It was written down wrongly.");
    return Do<v1::ChangeExclusionResponse>(caller, "ChangeExclusion", request);
  }
  absl::StatusOr<v1::Exclusion> End(const access::Caller& caller, const v1::Exclusion& seen,
                                    v1::Ending ending, const std::string& on) {
    v1::EndExclusionRequest request;
    request.set_exclusion_id(seen.exclusion_id());
    request.set_version(seen.version());
    request.set_ending(ending);
    request.set_on(on);
    request.set_reason("New evidence came to light.");
    return Do<v1::EndExclusionResponse>(caller, "EndExclusion", request);
  }
  absl::StatusOr<v1::Exclusion> Done(const access::Caller& caller, const v1::Exclusion& seen,
                                     const std::string& step, const std::string& on,
                                     const std::string& how = "") {
    v1::RecordStepRequest request;
    request.set_exclusion_id(seen.exclusion_id());
    request.set_version(seen.version());
    request.mutable_done()->set_step(step);
    request.mutable_done()->set_on(on);
    request.mutable_done()->set_how(how);
    return Do<v1::RecordStepResponse>(caller, "RecordStep", request);
  }

  std::vector<v1::Exclusion> List(const access::Caller& caller,
                                  const v1::ListExclusionsRequest& request = {}) {
    const auto listed = Ask<v1::ListExclusionsResponse>(caller, "ListExclusions", request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    if (!listed.ok()) return {};
    return {listed->exclusions().begin(), listed->exclusions().end()};
  }
  std::vector<v1::Deadline> Deadlines(const access::Caller& caller,
                                      const v1::ListDeadlinesRequest& request = {}) {
    const auto listed = Ask<v1::ListDeadlinesResponse>(caller, "ListDeadlines", request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    if (!listed.ok()) return {};
    return {listed->deadlines().begin(), listed->deadlines().end()};
  }
  std::vector<v1::TimelineEntry> Timeline(const access::Caller& caller, int pupil) {
    v1::ListTimelineRequest request;
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    const auto listed = Ask<v1::ListTimelineResponse>(caller, "ListTimeline", request);
    EXPECT_TRUE(listed.ok()) << listed.status();
    if (!listed.ok()) return {};
    return {listed->entries().begin(), listed->entries().end()};
  }
  // Oldest first.
  std::vector<std::string> Kinds(const access::Caller& caller, int pupil) {
    std::vector<std::string> kinds;
    const auto entries = Timeline(caller, pupil);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
      kinds.push_back(entry->kind());
    return kinds;
  }

  absl::StatusOr<common::v1::ImportReport> TryImport(const access::Caller& caller,
                                                     const std::string& file,
                                                     const std::string& import_id = "") {
    std::vector<common::v1::ImportChunk> chunks(1);
    auto* start = chunks[0].mutable_start();
    start->set_import_id(import_id.empty() ? education::UuidToString(ids_.NewUuid()) : import_id);
    start->set_file_name("suspensions.csv");
    chunks.emplace_back().set_data(file);
    chunks.emplace_back().mutable_end();
    return service::CallClientStream<common::v1::ImportReport>(*endpoint_, "ImportSuspensions",
                                                               caller, chunks);
  }
  common::v1::ImportReport Import(const std::string& file,
                                  const access::Caller& caller = Operator()) {
    auto report = TryImport(caller, file);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : common::v1::ImportReport();
  }
  template <typename Request>
  std::string Download(const access::Caller& caller, std::string_view method,
                       const Request& request) {
    auto chunks =
        service::CallServerStream<common::v1::FileChunk>(*endpoint_, method, caller, request);
    EXPECT_TRUE(chunks.ok()) << chunks.status();
    if (!chunks.ok()) return {};
    std::string text;
    for (const auto& chunk : *chunks) text += chunk.data();
    return text;
  }

  // What the registry publishes.
  template <typename Message>
  events::Event Said(const Message& message, std::int64_t version = 1) {
    events::Event event(events::EventId::New(ids_));
    event.type = Message::descriptor()->full_name();
    event.version = version;
    event.traceparent = kTraceparent;
    event.payload = message.SerializeAsString();
    return event;
  }
  events::Event CalendarOf(int school, int year, std::int64_t version) {
    const auto made = testing::MakeSchool(school);
    registry::v1::CalendarChanged message;
    message.set_la_code(made.la_code.value());
    message.set_urn(made.urn.value());
    message.set_academic_year(year * 100 + (year + 1) % 100);
    for (const auto& entry : registry_.schools().at(made.urn).entries) {
      if (entry.academic_year.start_year() != year) continue;
      auto* days = message.add_days();
      days->set_kind(std::string(education::ToString(entry.kind)));
      days->set_name(entry.name);
      days->set_first_day(entry.from.ToIso());
      days->set_last_day(entry.to.ToIso());
    }
    return Said(message, version);
  }
  events::Event Characteristics(int pupil, const std::string& sen, const std::string& year_group,
                                bool looked_after = false) {
    registry::v1::PupilCharacteristicsChanged message;
    message.set_pupil_id(testing::MakePupilId(pupil).ToString());
    message.set_sen_provision(sen);
    message.set_sex("M");
    message.set_year_group(year_group);
    message.set_looked_after(looked_after);
    return Said(message);
  }
  std::vector<events::Event> Everything() {
    std::vector<events::Event> events;
    for (const auto& [urn, school] : registry_.schools()) {
      const int number = urn.value() - testing::MakeSchool(0).urn.value();
      for (const int year : {2026, 2027}) events.push_back(CalendarOf(number, year, 1));
      for (const auto& member : school.members) {
        registry::v1::PupilEnrolled enrolled;
        enrolled.set_pupil_id(member.pupil.ToString());
        enrolled.set_enrolment_id(member.enrolment.ToString());
        enrolled.set_urn(urn.value());
        enrolled.set_la_code(school.la_code.value());
        enrolled.set_entry_date(member.entry.ToIso());
        enrolled.set_enrolment_status("C");
        if (member.leaving) enrolled.set_leaving_date(member.leaving->ToIso());
        events.push_back(Said(enrolled));
      }
    }
    return events;
  }
  absl::Status Apply(const std::vector<events::Event>& events) {
    return storage::RunInTransaction(
        *pool_, storage::RowScope::System(reaction_.spec().name), storage::Deadline::After(kLimit),
        [&](storage::Transaction& transaction) { return reaction_.Apply(transaction, events); });
  }
  absl::Status Watch() { return DeadlineWatch(*pool_, outbox_, clock_).Run(); }

  static std::vector<std::string> Fields(const absl::Status& status) {
    std::vector<std::string> fields;
    for (const auto& violation : service::ViolationsOf(status)) fields.push_back(violation.field);
    return fields;
  }
  // Types of the events written so far, without their package, in order.
  std::vector<std::string> Events() {
    std::vector<std::string> types;
    for (const auto& row : Rows("select type from events.outbox order by seq")) {
      const std::string type = row.Get<std::string>(0);
      types.push_back(type.substr(type.rfind('.') + 1));
    }
    return types;
  }
  // As superuser, past every policy.
  storage::Rows Rows(storage::Sql sql) {
    auto session = storage::Session::Open(database_.admin_uri());
    auto rows = session->Query(storage::Deadline::After(kLimit), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return *rows;
  }
  std::int64_t Count(storage::Sql sql) { return Rows(sql).front().Get<std::int64_t>(0); }

  static constexpr std::chrono::seconds kLimit{60};
  static constexpr char kTraceId[] = "4bf92f3577b34da6a3ce929d0e0e4736";
  static constexpr char kTraceparent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  static inline const education::Day kToday{std::chrono::year(2026) / 11 / 24};
  static inline const education::Day kEntry{std::chrono::year(2023) / 9 / 1};

  testing::TestDatabase database_;
  education::FixedClock clock_;
  education::RandomIdSource ids_;
  events::Outbox outbox_;
  RegistryReaction reaction_;
  FakeRegistry registry_;
  CalendarCache calendars_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<importing::ImportRuns> imports_;
  ExclusionsParts parts_;
  std::unique_ptr<service::Endpoint> endpoint_;
};

}  // namespace pathways::exclusions
