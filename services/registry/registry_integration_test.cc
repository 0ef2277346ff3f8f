// Files in and questions answered, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libs/events/outbox.h"
#include "libs/importing/import_runs.h"
#include "libs/service/calling.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/storage/session.h"
#include "libs/testing/builders.h"
#include "libs/testing/postgres.h"
#include "pathways/panel/v1/events.pb.h"
#include "pathways/registry/v1/events.pb.h"
#include "pathways/registry/v1/service.pb.h"
#include "services/registry/api/registry_api.h"
#include "services/registry/reactions/placement_reaction.h"

namespace pathways::registry {
namespace {

using namespace std::chrono_literals;
using common::v1::ImportReport;
using education::Day;
using testing::MakeUpn;

constexpr char kSchools[] =
    "time_period,geographic_level,urn,old_la_code,la_name,school_name,laestab,phase_type_grouping,"
    "typeofestablishment_name,headcount of pupils\n"
    "202223,School,109413,822,Bedford,Cherry Trees Nursery School,8221000,State-funded nursery,"
    "Local authority nursery school,124\n"
    "202223,School,109414,822,Bedford,\"Peter Pan, Nursery\",8221001,State-funded nursery,Local "
    "authority nursery school,z\n"
    "202223,School,109500,823,Central Bedfordshire,Elsewhere School,8232000,State-funded "
    "primary,Community school,210\n";

constexpr char kCalendar[] =
    "la_code,urn,academic_year,kind,name,from,to\n"
    "822,,202627,term,Autumn,2026-09-02,2026-12-18\n"
    "822,,202627,holiday,Half term,2026-10-26,2026-10-30\n"
    "822,109413,202627,inset,,2026-09-02,\n";

std::string PupilsHeader() {
  return "upn,surname,forename,date_of_birth,sex,year_group,urn,entry_date,leaving_date,enrolment_"
         "status,sen_provision\n";
}

std::string PupilLine(int number, int urn, const std::string& entry = "2026-09-02",
                      const std::string& sen = "N") {
  return MakeUpn(number).ToString() + ",Surname" + std::to_string(number) + ",Forename,2014-05-0" +
         std::to_string(number % 9 + 1) + ",F,7," + std::to_string(urn) + "," + entry + ",,C," +
         sen + "\n";
}

class RegistryTest : public ::testing::Test {
 protected:
  RegistryTest()
      : database_({storage::LibraryMigrations("storage"), storage::LibraryMigrations("events"),
                   storage::LibraryMigrations("access"), storage::LibraryMigrations("importing"),
                   storage::ServiceMigrations("registry")}),
        clock_(Day(2026y / 11 / 2)),
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

  absl::StatusOr<ImportReport> Send(const std::string& method, const common::v1::ImportStart& start,
                                    std::string_view file) {
    std::vector<common::v1::ImportChunk> chunks(1);
    *chunks[0].mutable_start() = start;
    for (std::size_t at = 0; at < file.size(); at += 100) {
      chunks.emplace_back().set_data(std::string(file.substr(at, 100)));
    }
    chunks.emplace_back().mutable_end();
    return service::CallClientStream<ImportReport>(*endpoint_, method, Operator(), chunks);
  }

  ImportReport Import(const std::string& method, const std::string& file,
                      common::v1::OnBadRows on_bad_rows = common::v1::ON_BAD_ROWS_KEEP_GOOD) {
    common::v1::ImportStart start;
    start.set_import_id(education::UuidToString(import_ids_.NewUuid()));
    start.set_file_name("folder/" + method + ".csv");
    start.set_on_bad_rows(on_bad_rows);
    auto report = Send(method, start, file);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : ImportReport();
  }

  std::int64_t Count(storage::Sql sql) {
    auto session = storage::Session::Open(database_.admin_uri());
    auto rows = session->Query(storage::Deadline::After(5s), sql);
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

TEST_F(RegistryTest, BringsSchoolsInOnceAndPublishesEach) {
  const ImportReport first = Import("ImportSchools", kSchools);
  EXPECT_EQ(first.state(), common::v1::IMPORT_STATE_DONE);
  EXPECT_EQ(first.records_new(), 3);
  EXPECT_EQ(first.file_name(), "ImportSchools.csv");
  EXPECT_EQ(Count("select count(*) from events.outbox"), 3);

  const ImportReport again = Import("ImportSchools", kSchools);
  EXPECT_EQ(again.records_unchanged(), 3);
  EXPECT_EQ(again.records_new() + again.records_changed(), 0);
  EXPECT_EQ(Count("select count(*) from events.outbox"), 3);
}

TEST_F(RegistryTest, NamesRowColumnReasonAndAdviceOfEachBadRow) {
  const ImportReport report =
      Import("ImportSchools",
             "urn,old_la_code,school_name\n109413,822,Good\n12,822,Short\n109415,82,Odd\n"
             "109416,822,=cmd()\n");
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE_WITH_REFUSALS);
  EXPECT_EQ(report.rows_read(), 4);
  EXPECT_EQ(report.rows_good(), 1);
  EXPECT_EQ(report.rows_refused(), 3);
  ASSERT_EQ(report.problems_size(), 3);
  EXPECT_EQ(report.problems(0).row(), 3);
  EXPECT_EQ(report.problems(0).column(), "urn");
  EXPECT_EQ(report.problems(0).value(), "12");
  EXPECT_EQ(report.problems(0).code(), "bad_urn");
  EXPECT_EQ(report.problems(2).code(), "formula");
  for (const auto& problem : report.problems()) EXPECT_FALSE(problem.advice().empty());
}

TEST_F(RegistryTest, RefusesTheWholeFileWhenAskedTo) {
  const ImportReport report =
      Import("ImportSchools", "urn,old_la_code,school_name\n109413,822,Good\n12,822,Short\n",
             common::v1::ON_BAD_ROWS_REFUSE_FILE);
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_REFUSED);
  EXPECT_EQ(report.rows_good(), 0);
  EXPECT_EQ(Count("select count(*) from school"), 0);
}

TEST_F(RegistryTest, RefusesAFileThatIsNoTable) {
  for (const std::string& file :
       {std::string(), std::string("%PDF-1.7 something"), std::string("name\nx\n")}) {
    const ImportReport report = Import("ImportSchools", file);
    EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_REFUSED);
    ASSERT_GE(report.problems_size(), 1);
    EXPECT_EQ(report.problems(0).row(), 0);
  }
}

TEST_F(RegistryTest, AnswersARepeatedImportWithItsFirstOutcome) {
  common::v1::ImportStart start;
  start.set_import_id("11111111-1111-4111-8111-111111111111");
  const auto first = Send("ImportSchools", start, kSchools);
  const auto second = Send("ImportSchools", start, "urn\n");
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(second->records_new(), 3);
  EXPECT_EQ(second->finished_at(), first->finished_at());
}

TEST_F(RegistryTest, KeepsCalendarsOfAuthorityAndSchool) {
  Import("ImportSchools", kSchools);
  const ImportReport report = Import("ImportCalendar", kCalendar);
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE) << report.DebugString();
  EXPECT_EQ(report.records_new(), 3);

  v1::GetCalendarRequest request;
  request.set_urn(109413);
  v1::GetCalendarResponse answer;
  ASSERT_TRUE(
      service::CallUnary(*endpoint_, "GetCalendar", SchoolStaff(109413), request, &answer).ok());
  EXPECT_EQ(answer.entries_size(), 3);
  EXPECT_EQ(answer.version(), 2);

  EXPECT_EQ(Import("ImportCalendar", kCalendar).records_unchanged(), 3);
  ASSERT_TRUE(
      service::CallUnary(*endpoint_, "GetCalendar", SchoolStaff(109413), request, &answer).ok());
  EXPECT_EQ(answer.version(), 2);
}

TEST_F(RegistryTest, BringsPupilsInOnceWithTheirEvents) {
  Import("ImportSchools", kSchools);
  const std::string file =
      PupilsHeader() + PupilLine(1, 109413) + PupilLine(2, 109413) + PupilLine(3, 109414);
  const std::int64_t before = Count("select count(*) from events.outbox");
  EXPECT_EQ(Import("ImportPupils", file).records_new(), 3);
  EXPECT_EQ(Count("select count(*) from events.outbox") - before,
            6);  // enrolment and characteristics of each
  const ImportReport again = Import("ImportPupils", file);
  EXPECT_EQ(again.records_unchanged(), 3);
  EXPECT_EQ(Count("select count(*) from events.outbox") - before, 6);
  EXPECT_EQ(Count("select count(*) from pupil"), 3);
}

TEST_F(RegistryTest, PutsNoNameOrUpnOnTheBus) {
  Import("ImportSchools", kSchools);
  Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413));
  const std::string upn = MakeUpn(1).ToString();
  EXPECT_EQ(Count("select count(*) from events.outbox where encode(payload, 'escape') like "
                  "'%Surname1%' or encode(payload, 'escape') like '%Forename%'"),
            0);
  EXPECT_EQ(Count("select count(*) from events.outbox o, pupil p where position(p.upn::bytea in "
                  "o.payload) > 0"),
            0);
}

TEST_F(RegistryTest, RefusesRowsThatContradictEachOther) {
  Import("ImportSchools", kSchools);
  const ImportReport report =
      Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413) +
                                 PupilLine(1, 109413, "2026-09-02", "K") + PupilLine(2, 109413) +
                                 PupilLine(3, 199999));
  EXPECT_EQ(report.records_new(), 1);
  EXPECT_EQ(report.rows_refused(), 3);
  ASSERT_EQ(report.problems_size(), 3);
  EXPECT_EQ(report.problems(0).code(), "same_key_twice");
  EXPECT_EQ(report.problems(2).code(), "unknown_school");
}

TEST_F(RegistryTest, ShowsASchoolItsOwnPupilsOnly) {
  Import("ImportSchools", kSchools);
  Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413) + PupilLine(2, 109414));

  v1::SearchPupilsRequest search;
  search.set_query("surname");
  v1::SearchPupilsResponse found;
  ASSERT_TRUE(service::CallUnary(*endpoint_, "SearchPupils", Operator(), search, &found).ok());
  ASSERT_EQ(found.pupils_size(), 2);
  v1::SearchPupilsResponse own;
  ASSERT_TRUE(
      service::CallUnary(*endpoint_, "SearchPupils", SchoolStaff(109413), search, &own).ok());
  ASSERT_EQ(own.pupils_size(), 1);
  EXPECT_EQ(own.pupils(0).surname(), "Surname1");

  v1::GetPupilRequest request;
  v1::GetPupilResponse answer;
  for (const auto& pupil : found.pupils()) {
    request.set_pupil_id(pupil.pupil_id());
    const absl::Status status =
        service::CallUnary(*endpoint_, "GetPupil", SchoolStaff(109413), request, &answer);
    EXPECT_EQ(status.ok(), pupil.urn() == 109413) << status;
    if (!status.ok()) {
      EXPECT_TRUE(absl::IsNotFound(status));
    }
  }
}

TEST_F(RegistryTest, KnowsWhereSchoolsAreAndKeepsItWhenAFileDoesNotSay) {
  const std::string gias =
      "URN,LA (code),LA (name),EstablishmentName,Easting,Northing\n"
      "109413,822,Bedford,Cherry Trees Nursery School,504960,249570\n"
      "109414,822,Bedford,\"Peter Pan, Nursery\",,\n"
      "109415,822,Bedford,Nowhere,504960,0\n"
      "109416,822,Bedford,At sea,900000,100\n";
  const ImportReport first = Import("ImportSchools", gias);
  EXPECT_EQ(first.records_new(), 2);
  ASSERT_EQ(first.rows_refused(), 2);
  EXPECT_EQ(first.problems(0).code(), "bad_grid_reference");
  Import("ImportSchools", kSchools);
  v1::GetSchoolRequest request;
  v1::GetSchoolResponse school;
  request.set_urn(109413);
  ASSERT_TRUE(service::CallUnary(*endpoint_, "GetSchool", Operator(), request, &school).ok());
  EXPECT_EQ(school.school().easting(), 504960);
  EXPECT_EQ(school.school().northing(), 249570);
  request.set_urn(109414);
  ASSERT_TRUE(service::CallUnary(*endpoint_, "GetSchool", Operator(), request, &school).ok());
  EXPECT_EQ(school.school().easting(), 0);
  // Varint 504960 in field 8 of the newest event of that school.
  const bool told =
      Count(
          "select count(*) from (select payload from events.outbox where key = '109413' "
          "order by seq desc limit 1) newest "
          "where position('\\x4080e91e'::bytea in payload) > 0") == 1;
  EXPECT_TRUE(told) << "a file that says nothing of places publishes them all the same";
}

TEST_F(RegistryTest, ProviderReadsNamesOfPupilsPlacedThereAndNothingElse) {
  Import("ImportSchools", kSchools);
  Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413) + PupilLine(2, 109413));
  v1::SearchPupilsRequest search;
  search.set_query("surname");
  v1::SearchPupilsResponse all;
  ASSERT_TRUE(service::CallUnary(*endpoint_, "SearchPupils", Operator(), search, &all).ok());
  v1::GetPupilNamesRequest names;
  for (const auto& pupil : all.pupils()) names.add_pupil_ids(pupil.pupil_id());
  access::Caller provider;
  provider.person = testing::MakePersonId(1);
  provider.roles = {access::Role::kProvider};
  provider.scope.authorities = {*education::LaCode::FromInt(822)};
  const auto read = [&](const access::Caller& caller) {
    v1::GetPupilNamesResponse response;
    const auto status = service::CallUnary(*endpoint_, "GetPupilNames", caller, names, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  };
  v1::SearchPupilsResponse found;
  ASSERT_TRUE(service::CallUnary(*endpoint_, "SearchPupils", provider, search, &found).ok());
  EXPECT_EQ(found.pupils_size(), 0) << "whatever authority it works for";
  EXPECT_EQ(read(provider).names_size(), 0);

  PlacementReaction reaction;
  const auto apply = [&](const auto& message) {
    events::Event event(events::EventId::New(ids_));
    event.type = message.GetDescriptor()->full_name();
    event.payload = message.SerializeAsString();
    const std::vector<events::Event> events = {event};
    const auto status = storage::RunInTransaction(
        *pool_, storage::RowScope::System(reaction.spec().name), storage::Deadline::After(5s),
        [&](storage::Transaction& transaction) { return reaction.Apply(transaction, events); });
    ASSERT_TRUE(status.ok()) << status;
  };
  panel::v1::ProviderChanged staff;
  staff.set_provider_id(testing::MakePersonId(900).ToString());
  staff.add_person_ids(provider.person->ToString());
  apply(staff);
  panel::v1::PlacementOffered offered;
  panel::v1::PlacementFacts& facts = *offered.mutable_facts();
  facts.set_placement_id(testing::MakePersonId(901).ToString());
  facts.set_pupil_id(all.pupils(0).pupil_id());
  facts.set_urn(109413);
  facts.set_la_code(822);
  facts.set_provider_id(staff.provider_id());
  apply(offered);
  const auto seen = read(provider);
  ASSERT_EQ(seen.names_size(), 1);
  EXPECT_EQ(seen.names(0).surname(), all.pupils(0).surname());
  EXPECT_EQ(seen.names(0).upn() + seen.names(0).year_group(), "");
  EXPECT_EQ(Count("select count(*) from access.log where role = 'provider' and urn = 109413"), 1);
  v1::GetPupilRequest whole;
  whole.set_pupil_id(facts.pupil_id());
  v1::GetPupilResponse answer;
  EXPECT_TRUE(
      absl::IsNotFound(service::CallUnary(*endpoint_, "GetPupil", provider, whole, &answer)));
  access::Caller stranger = provider;
  stranger.person = testing::MakePersonId(2);
  EXPECT_EQ(read(stranger).names_size(), 0);

  // The school the pupil comes to, once that is agreed; not when it is given up again.
  EXPECT_EQ(read(SchoolStaff(109414)).names_size(), 0);
  panel::v1::ReintegrationPlanned planned;
  *planned.mutable_facts() = facts;
  planned.set_to_urn(109414);
  apply(planned);
  EXPECT_EQ(read(SchoolStaff(109414)).names_size(), 1);
  planned.set_to_urn(0);
  apply(planned);
  EXPECT_EQ(read(SchoolStaff(109414)).names_size(), 0);
  panel::v1::PlacementAnswered declined;
  *declined.mutable_facts() = facts;
  declined.set_answer("declined");
  apply(declined);
  EXPECT_EQ(read(provider).names_size(), 0);
}

TEST_F(RegistryTest, FindsAPupilByWholeUpn) {
  Import("ImportSchools", kSchools);
  Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413) + PupilLine(2, 109413));
  v1::SearchPupilsRequest search;
  search.set_query(MakeUpn(2).ToString());
  v1::SearchPupilsResponse found;
  ASSERT_TRUE(service::CallUnary(*endpoint_, "SearchPupils", Operator(), search, &found).ok());
  ASSERT_EQ(found.pupils_size(), 1);
  EXPECT_EQ(found.pupils(0).surname(), "Surname2");
}

TEST_F(RegistryTest, RecordsWhoSawAPupil) {
  Import("ImportSchools", kSchools);
  Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413));
  v1::SearchPupilsRequest search;
  search.set_query("surname1");
  v1::SearchPupilsResponse found;
  ASSERT_TRUE(
      service::CallUnary(*endpoint_, "SearchPupils", SchoolStaff(109413), search, &found).ok());
  ASSERT_EQ(found.pupils_size(), 1);

  common::v1::ListAccessHistoryRequest request;
  request.set_pupil_id(found.pupils(0).pupil_id());
  common::v1::ListAccessHistoryResponse history;
  ASSERT_TRUE(
      service::CallUnary(*endpoint_, "ListAccessHistory", Operator(), request, &history).ok());
  ASSERT_EQ(history.entries_size(), 2);  // the search, and before it the import
  EXPECT_EQ(history.entries(0).person_id(), testing::MakePersonId(109413).ToString());
  EXPECT_EQ(history.entries(0).role(), "school");
}

TEST_F(RegistryTest, NamesEveryBadFieldOfARequest) {
  v1::GetPupilRequest request;
  request.set_pupil_id("nobody");
  v1::GetPupilResponse answer;
  const absl::Status status =
      service::CallUnary(*endpoint_, "GetPupil", Operator(), request, &answer);
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_EQ(service::ViolationsOf(status).size(), 1u);
}

TEST_F(RegistryTest, GivesEachPersonTheirRoles) {
  Import("ImportSchools", kSchools);
  const ImportReport report =
      Import("ImportPeople",
             "subject,name,email,title,role,urn,la_code\n"
             "amy,Amy Example,amy@example.org,Attendance lead,school,109413,\n"
             "amy,Amy Example,amy@example.org,Attendance lead,school,109414,\n"
             "ben,Ben Example,,Early Help,early_help_worker,,822\n"
             "eve,Eve,,,emperor,,\n");
  EXPECT_EQ(report.records_new(), 2);
  EXPECT_EQ(report.rows_refused(), 1);
  v1::ListPeopleRequest request;
  request.set_role("school");
  v1::ListPeopleResponse people;
  ASSERT_TRUE(service::CallUnary(*endpoint_, "ListPeople", Operator(), request, &people).ok());
  ASSERT_EQ(people.people_size(), 1);
  EXPECT_EQ(people.people(0).name(), "Amy Example");
  EXPECT_EQ(people.people(0).urns_size(), 2);
}

TEST_F(RegistryTest, ListsPeopleWithinTheCallersScopeOnly) {
  Import("ImportSchools", kSchools);
  Import("ImportPeople",
         "subject,name,role,urn,la_code\n"
         "amy,Amy,school,109413,\n"
         "bob,Bob,school,109414,\n"
         "ben,Ben,early_help_worker,,822\n"
         "cat,Cat,early_help_worker,,823\n"
         "dan,Dan,early_help_worker,,\n");
  const auto names = [&](const access::Caller& caller, const std::string& role) {
    v1::ListPeopleRequest request;
    request.set_role(role);
    v1::ListPeopleResponse people;
    EXPECT_TRUE(service::CallUnary(*endpoint_, "ListPeople", caller, request, &people).ok());
    std::string list;
    for (const auto& person : people.people()) list += person.name() + " ";
    return list;
  };
  EXPECT_EQ(names(SchoolStaff(109413), "school"), "Amy ");
  EXPECT_EQ(names(SchoolStaff(109413), "early_help_worker"), "Ben Dan ");
  access::Caller officer;
  officer.person = testing::MakePersonId(1);
  officer.roles = {access::Role::kInclusionOfficer};
  officer.scope.authorities = {*education::LaCode::FromInt(823)};
  EXPECT_EQ(names(officer, "school"), "");
  EXPECT_EQ(names(officer, "early_help_worker"), "Cat Dan ");
  EXPECT_EQ(names(Operator(), "early_help_worker"), "Ben Cat Dan ");
}

TEST_F(RegistryTest, AnswersARollByVersion) {
  Import("ImportSchools", kSchools);
  Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413) + PupilLine(2, 109413));
  v1::GetRollRequest request;
  request.set_urn(109413);
  request.set_first_day("2026-09-01");
  request.set_last_day("2027-08-31");
  const auto roll = service::CallServerStream<v1::GetRollResponse>(*endpoint_, "GetRoll",
                                                                   SchoolStaff(109413), request);
  ASSERT_TRUE(roll.ok()) << roll.status();
  ASSERT_EQ(roll->size(), 1u);
  EXPECT_EQ(roll->front().entries_size(), 2);

  request.set_known_version(roll->front().version());
  const auto known = service::CallServerStream<v1::GetRollResponse>(*endpoint_, "GetRoll",
                                                                    SchoolStaff(109413), request);
  ASSERT_TRUE(known.ok());
  EXPECT_TRUE(known->front().unchanged());
  EXPECT_EQ(known->front().entries_size(), 0);

  const auto foreign = service::CallServerStream<v1::GetRollResponse>(*endpoint_, "GetRoll",
                                                                      SchoolStaff(109414), request);
  EXPECT_TRUE(absl::IsNotFound(foreign.status()));
}

}  // namespace
}  // namespace pathways::registry
