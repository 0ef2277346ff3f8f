// For tests: the service on a real PostgreSQL, with a few schools and pupils to import.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "libs/events/outbox.h"
#include "libs/importing/import_runs.h"
#include "libs/service/calling.h"
#include "libs/service/status.h"
#include "libs/storage/session.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/registry/v1/service.pb.h"
#include "services/registry/api/registry_api.h"

namespace pathways::registry {

inline constexpr char kSchools[] =
    "time_period,geographic_level,urn,old_la_code,la_name,school_name,laestab,phase_type_grouping,"
    "typeofestablishment_name,headcount of pupils\n"
    "202223,School,109413,822,Bedford,Cherry Trees Nursery School,8221000,State-funded nursery,"
    "Local authority nursery school,124\n"
    "202223,School,109414,822,Bedford,\"Peter Pan, Nursery\",8221001,State-funded nursery,Local "
    "authority nursery school,z\n"
    "202223,School,109500,823,Central Bedfordshire,Elsewhere School,8232000,State-funded "
    "primary,Community school,210\n";

inline constexpr char kCalendar[] =
    "la_code,urn,academic_year,kind,name,from,to\n"
    "822,,202627,term,Autumn,2026-09-02,2026-12-18\n"
    "822,,202627,holiday,Half term,2026-10-26,2026-10-30\n"
    "822,109413,202627,inset,,2026-09-02,\n";

inline std::string PupilsHeader() {
  return "upn,surname,forename,date_of_birth,sex,year_group,urn,entry_date,leaving_date,enrolment_"
         "status,sen_provision\n";
}

inline std::string PupilLine(int number, int urn, const std::string& entry = "2026-09-02",
                             const std::string& sen = "N") {
  return testing::MakeUpn(number).ToString() + ",Surname" + std::to_string(number) +
         ",Forename,2014-05-0" + std::to_string(number % 9 + 1) + ",F,7," + std::to_string(urn) +
         "," + entry + ",,C," + sen + "\n";
}

class RegistryTest : public ::testing::Test {
 protected:
  RegistryTest()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::LibraryMigrations("importing"),
                   storage::ServiceMigrations("registry")}),
        clock_(education::Day(std::chrono::year(2026) / 11 / 2)),
        outbox_(ids_, clock_, "/pathways/registry") {
    auto pool = storage::Pool::Open({.uri = database_.app_uri(), .size = 3});
    EXPECT_TRUE(pool.ok()) << pool.status();
    pool_ = *std::move(pool);
    imports_ = std::make_unique<importing::ImportRuns>(*pool_, clock_);
    parts_ = {.pool = pool_.get(),
              .outbox = &outbox_,
              .clock = &clock_,
              .ids = &ids_,
              .imports = imports_.get()};
    endpoint_ = std::make_unique<service::Endpoint>(RegistryEndpoint(parts_));
  }

  static access::Caller Operator() {
    access::Caller caller;
    caller.roles = {access::Role::kOperator};
    caller.scope.everything = true;
    return caller;
  }
  static access::Caller SchoolStaff(int urn) {
    access::Caller caller;
    caller.person = testing::MakePersonId(urn);
    caller.roles = {access::Role::kSchool};
    caller.scope.schools = {*education::Urn::FromInt(urn)};
    return caller;
  }

  absl::StatusOr<common::v1::ImportReport> Send(const std::string& method,
                                                const common::v1::ImportStart& start,
                                                std::string_view file) {
    std::vector<common::v1::ImportChunk> chunks(1);
    *chunks[0].mutable_start() = start;
    for (std::size_t at = 0; at < file.size(); at += 100) {
      chunks.emplace_back().set_data(std::string(file.substr(at, 100)));
    }
    chunks.emplace_back().mutable_end();
    return service::CallClientStream<common::v1::ImportReport>(*endpoint_, method, Operator(),
                                                               chunks);
  }

  common::v1::ImportReport Import(
      const std::string& method, const std::string& file,
      common::v1::OnBadRows on_bad_rows = common::v1::ON_BAD_ROWS_KEEP_GOOD) {
    common::v1::ImportStart start;
    start.set_import_id(education::UuidToString(import_ids_.NewUuid()));
    start.set_file_name("folder/" + method + ".csv");
    start.set_on_bad_rows(on_bad_rows);
    auto report = Send(method, start, file);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : common::v1::ImportReport();
  }

  std::int64_t Count(storage::Sql sql) {
    auto session = storage::Session::Open(database_.admin_uri());
    auto rows = session->Query(storage::Deadline::After(std::chrono::seconds(5)), sql);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? rows->front().Get<std::int64_t>(0) : -1;
  }

  testing::TestDatabase database_;
  education::FixedClock clock_;
  education::RandomIdSource ids_;
  education::SequenceIdSource import_ids_{7};
  events::Outbox outbox_;
  std::unique_ptr<storage::Pool> pool_;
  std::unique_ptr<importing::ImportRuns> imports_;
  RegistryParts parts_;
  std::unique_ptr<service::Endpoint> endpoint_;
};

}  // namespace pathways::registry
