// What this service's integration tests share: its database, its methods, and schools whose rolls
// and calendars stand in for the registry's. Included by tests only.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
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
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/attendance/v1/service.pb.h"
#include "services/attendance/api/attendance_api.h"
#include "services/attendance/api/roll_source.h"

namespace pathways::attendance {

using common::v1::ImportReport;

inline education::EnrolmentId MakeEnrolmentId(int number) {
  char text[40];
  std::snprintf(text, sizeof(text), "00009003-0000-4000-8000-%012d", number + 1);
  return *education::EnrolmentId::Parse(text);
}

// The registry's rolls, in memory, under the caller's scope.
class FakeRolls : public RollSource {
 public:
  absl::StatusOr<VisibleSchools> Visible(const service::Call& call) override {
    if (!available) return absl::UnavailableError("the registry cannot be reached");
    VisibleSchools visible;
    for (const auto& [urn, school] : schools_) {
      if (!call.caller().scope.CoversSchool(urn, school.la_code)) continue;
      visible.insert_or_assign(urn, RollVersions{school.la_code, 1, 1});
    }
    return visible;
  }
  absl::StatusOr<std::shared_ptr<const Roll>> GetRoll(const service::Call&, education::Urn urn,
                                                      const RollVersions&) override {
    const School& school = schools_.at(urn);
    return std::make_shared<const Roll>(urn, school.la_code, school.members);
  }
  absl::StatusOr<std::shared_ptr<const education::SchoolCalendar>> GetCalendar(
      const service::Call&, education::Urn urn, const RollVersions&) override {
    return schools_.at(urn).calendar;
  }

  // School number `school` with the pupils from `first` on; enrolment n is pupil n's.
  void Add(int school, int first, int pupils, education::Day entry) {
    const auto made = testing::MakeSchool(school);
    School& kept =
        schools_
            .emplace(made.urn,
                     School{made.la_code,
                            {},
                            std::make_shared<const education::SchoolCalendar>(Calendar())})
            .first->second;
    for (int pupil = first; pupil < first + pupils; ++pupil) {
      kept.members.push_back({MakeEnrolmentId(pupil),
                              testing::MakePupilId(pupil),
                              testing::MakeUpn(pupil),
                              {},
                              entry,
                              {},
                              testing::MakePupil(pupil).born});
    }
  }
  RollMember& Member(int school, std::size_t index) {
    return schools_.at(testing::MakeSchool(school).urn).members[index];
  }

  bool available = true;

 private:
  struct School {
    education::LaCode la_code;
    std::vector<RollMember> members;
    std::shared_ptr<const education::SchoolCalendar> calendar;
  };

  // One long autumn term of 2026/27 with a week off, and the summer term before it.
  static education::SchoolCalendar Calendar() {
    using namespace std::chrono_literals;
    using education::CalendarKind;
    using education::Day;
    const auto last = *education::AcademicYear::FromStartYear(2025);
    const std::vector<education::CalendarEntry> entries = {
        {std::nullopt, last, CalendarKind::kTerm, "Summer", Day(2026y / 4 / 13),
         Day(2026y / 7 / 17)},
        {std::nullopt, last.Next(), CalendarKind::kTerm, "Autumn", Day(2026y / 9 / 2),
         Day(2026y / 12 / 18)},
        {std::nullopt, last.Next(), CalendarKind::kHoliday, "Half term", Day(2026y / 10 / 26),
         Day(2026y / 10 / 30)},
        {std::nullopt, last.Next(), CalendarKind::kInset, "", Day(2026y / 9 / 2),
         Day(2026y / 9 / 2)}};
    return *education::SchoolCalendar::Make(std::nullopt, entries);
  }

  std::map<education::Urn, School> schools_;
};

inline access::Caller CallerWith(access::Role role, access::Scope scope, int person = 1) {
  access::Caller caller;
  caller.person = testing::MakePersonId(person);
  caller.roles = {role};
  caller.scope = std::move(scope);
  return caller;
}
inline access::Caller Operator() {
  access::Scope scope;
  scope.everything = true;
  return CallerWith(access::Role::kOperator, scope);
}
// Staff of school number `school`.
inline access::Caller Staff(int school) {
  access::Scope scope;
  scope.schools = {testing::MakeSchool(school).urn};
  return CallerWith(access::Role::kSchool, scope, 100 + school);
}

inline std::vector<storage::MigrationSet> Migrations() {
  return {storage::LibraryMigrations("storage"),  storage::LibraryMigrations("events"),
          storage::LibraryMigrations("access"),   storage::LibraryMigrations("importing"),
          storage::LibraryMigrations("settings"), storage::ServiceMigrations("attendance")};
}

// The service without network, Kafka and registry, on a database that is there.
class Service {
 public:
  explicit Service(const std::string& database_uri)
      : clock_(education::Day(std::chrono::year(2026) / 11 / 24)),
        outbox_(ids_, clock_, "/pathways/attendance") {
    storage::PoolOptions options;
    options.uri = database_uri;
    options.max_wait = std::chrono::seconds(20);
    auto pool = storage::Pool::Open(options);
    EXPECT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
    imports_ = std::make_unique<importing::ImportRuns>(*pool_, clock_);
    writer_ = std::make_unique<RegisterWriter>(slots_, outbox_, clock_);
    parts_ = {.pool = pool_.get(),
              .clock = &clock_,
              .imports = imports_.get(),
              .rolls = &rolls_,
              .writer = writer_.get(),
              .slots = &slots_};
    endpoint_ = std::make_unique<service::Endpoint>(AttendanceEndpoint(parts_));
  }

  FakeRolls& rolls() { return rolls_; }
  education::FixedClock& clock() { return clock_; }
  storage::Pool& pool() { return *pool_; }
  importing::ImportRuns& imports() { return *imports_; }
  const AttendanceParts& parts() const { return parts_; }
  const service::Endpoint& endpoint() const { return *endpoint_; }

  absl::StatusOr<ImportReport> Send(const access::Caller& caller,
                                    const common::v1::ImportStart& start, std::string_view file,
                                    bool whole = true) {
    std::vector<common::v1::ImportChunk> chunks(1);
    *chunks[0].mutable_start() = start;
    for (std::size_t at = 0; at < file.size(); at += 1000) {
      chunks.emplace_back().set_data(std::string(file.substr(at, 1000)));
    }
    if (whole) chunks.emplace_back().mutable_end();
    return service::CallClientStream<ImportReport>(*endpoint_, "ImportRegister", caller, chunks);
  }

  // With a new import id.
  ImportReport Import(const std::string& file, const access::Caller& caller = Operator()) {
    auto report = Send(caller, NewStart(), file);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : ImportReport();
  }

  common::v1::ImportStart NewStart() {
    common::v1::ImportStart start;
    start.set_import_id(education::UuidToString(ids_.NewUuid()));
    start.set_file_name("register.csv");
    return start;
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(std::string_view method, const access::Caller& caller,
                               const Request& request) {
    Response response;
    absl::Status status = service::CallUnary(*endpoint_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  template <typename Request>
  absl::StatusOr<std::string> Download(std::string_view method, const access::Caller& caller,
                                       const Request& request) {
    auto chunks =
        service::CallServerStream<common::v1::FileChunk>(*endpoint_, method, caller, request);
    if (!chunks.ok()) return chunks.status();
    std::string text;
    for (const auto& chunk : *chunks) text += chunk.data();
    return text;
  }

  std::string Crossings(const access::Caller& caller = Operator()) {
    v1::ExportCrossingsRequest request;
    request.set_from("2026-09-01");
    request.set_to("2027-08-31");
    auto text = Download("ExportCrossings", caller, request);
    EXPECT_TRUE(text.ok()) << text.status();
    return text.ok() ? *text : "";
  }

  std::string Attendance(v1::ExportLevel level, const std::string& from, const std::string& to,
                         const std::string& by = "", const std::string& as_known = "",
                         std::int32_t urn = 0) {
    v1::ExportAttendanceRequest request;
    request.set_level(level);
    request.set_from(from);
    request.set_to(to);
    request.set_by(by);
    request.set_as_known(as_known);
    request.set_urn(urn);
    auto text = Download("ExportAttendance", Operator(), request);
    EXPECT_TRUE(text.ok()) << text.status();
    return text.ok() ? *text : "";
  }

 private:
  education::FixedClock clock_;
  education::RandomIdSource ids_;
  events::Outbox outbox_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<importing::ImportRuns> imports_;
  SlotCache slots_;
  FakeRolls rolls_;
  std::unique_ptr<RegisterWriter> writer_;
  AttendanceParts parts_;
  std::unique_ptr<service::Endpoint> endpoint_;
};

// A database of its own for each test, and the service on it, with two schools of four pupils.
class AttendanceTest : public ::testing::Test {
 protected:
  AttendanceTest() : database_(Migrations()), service_(database_.app_uri()) {
    FillRolls(service_.rolls());
  }

  static void FillRolls(FakeRolls& rolls) {
    const education::Day entry(std::chrono::year(2025) / 9 / 1);
    rolls.Add(0, 0, 4, entry);
    rolls.Add(1, 4, 4, entry);
  }

  static std::string Upn(int pupil) { return testing::MakeUpn(pupil).ToString(); }
  static std::string UrnOf(int school) { return testing::MakeSchool(school).urn.ToString(); }

  static std::string Wide(const std::vector<std::string>& rows) {
    std::string file = "urn,upn,date,am,pm\n";
    for (const std::string& row : rows) file += row + "\n";
    return file;
  }
  static std::string Row(int pupil, const std::string& day, const std::string& am,
                         const std::string& pm) {
    return UrnOf(pupil / 4) + "," + Upn(pupil) + "," + day + "," + am + "," + pm;
  }

  // Ten school days from 3 September 2026, present but for the days given ("II", "GG", ...).
  static std::string TenDays(int pupil, const std::map<int, std::string>& other = {}) {
    std::vector<std::string> rows;
    for (int i = 0; i < 10; ++i) {
      const auto marks = other.find(i);
      rows.push_back(marks == other.end() ? Row(pupil, TenthDay(i), "/", "\\")
                                          : Row(pupil, TenthDay(i), marks->second.substr(0, 1),
                                                marks->second.substr(1)));
    }
    return Wide(rows);
  }
  static std::string TenthDay(int index) {
    static const char* const kDays[] = {"2026-09-03", "2026-09-04", "2026-09-07", "2026-09-08",
                                        "2026-09-09", "2026-09-10", "2026-09-11", "2026-09-14",
                                        "2026-09-15", "2026-09-16"};
    return kDays[index];
  }

  storage::Rows Query(storage::Sql sql) {
    auto session = storage::Session::Open(database_.admin_uri());
    EXPECT_TRUE(session.ok()) << session.status();
    auto rows = session->Query(storage::Deadline::After(std::chrono::seconds(10)), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return *rows;
  }
  std::int64_t Count(storage::Sql sql) { return Query(sql).front().Get<std::int64_t>(0); }

  // Types of the events written so far, without their package, in order.
  std::vector<std::string> Events() {
    std::vector<std::string> types;
    for (const auto& row : Query("select type from events.outbox order by seq")) {
      const std::string type = row.Get<std::string>(0);
      types.push_back(type.substr(type.rfind('.') + 1));
    }
    return types;
  }

  testing::TestDatabase database_;
  Service service_;
};

}  // namespace pathways::attendance
