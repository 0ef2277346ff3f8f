// Files in and questions answered, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "services/registry/test_registry.h"

namespace pathways::registry {
namespace {

using common::v1::ImportReport;
using testing::MakeUpn;

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
