// Figures out: what registers add up to, who may see them, and what was known when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/service/status.h"
#include "services/attendance/api/reads_world.h"

namespace pathways::attendance {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kHeader[] =
    "from,to,geographic_level,old_la_code,urn,upn,breakdown_topic,breakdown,enrolments,sess_"
    "possible,sess_attended,"
    "sess_authorised,sess_unauthorised,sess_overall,sess_overall_percent,sess_authorised_percent,"
    "sess_unauthorised_percent,enrolments_pa_10_exact,enrolments_pa_10_exact_percent,enrolments_pa_"
    "50_exact,"
    "enrolments_pa_50_exact_percent\n";

TEST_F(ReadsTest, ExportsPupilsSchoolsAndAuthority) {
  service_.Import(TenDays(0, {{0, "II"}}));
  service_.Import(TenDays(5, {{3, "OO"}, {4, "OD"}}));
  service_.Import(Wide({Row(1, "2026-09-03", "D", "D")}));
  const std::string pupils =
      service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-09-01", "2026-11-24");
  EXPECT_THAT(pupils, HasSubstr(kHeader));
  EXPECT_THAT(
      pupils,
      HasSubstr("2026-09-01,2026-11-24,Pupil,822," + UrnOf(0) + "," + Upn(0) +
                ",Total,Total,1,20,18,2,0,2,10.00000,10.00000,0.00000,1,100.00000,0,0.00000\n"));
  EXPECT_THAT(pupils, HasSubstr(Upn(1) + ",Total,Total,0,0,0,0,0,0,z,z,z,0,z,0,z\n"));
  const std::string schools =
      service_.Attendance(v1::EXPORT_LEVEL_SCHOOL, "2026-09-01", "2026-11-24");
  EXPECT_THAT(
      schools,
      HasSubstr("School,822," + UrnOf(1) +
                ",,Total,Total,1,19,16,0,3,3,15.78947,0.00000,15.78947,1,100.00000,0,0.00000\n"));
  EXPECT_EQ(service_.Attendance(v1::EXPORT_LEVEL_AUTHORITY, "2026-09-01", "2026-11-24"),
            std::string(kHeader) +
                "2026-09-01,2026-11-24,Local "
                "authority,822,,,Total,Total,2,39,34,2,3,5,12.82051,5.12821,7.69231,"
                "2,100.00000,0,0.00000\n");
}

TEST_F(ReadsTest, ExportsOfOneSchoolHaveOnlyThatSchool) {
  service_.Import(TenDays(0, {{0, "II"}}));
  service_.Import(TenDays(5, {{0, "II"}}));
  const std::int32_t urn = testing::MakeSchool(1).urn.value();
  const std::string pupils =
      service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-09-01", "2026-11-24", "", "", urn);
  EXPECT_THAT(pupils, HasSubstr(Upn(5)));
  EXPECT_THAT(pupils, Not(HasSubstr(Upn(0))));
  EXPECT_EQ(Count("select count(*) from access.log where action = 'export' and "
                  "subject_kind = 'school' and urn is not null"),
            1);
  v1::ExportCrossingsRequest crossings;
  crossings.set_urn(urn);
  const auto file = service_.Download("ExportCrossings", Operator(), crossings);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_THAT(*file, HasSubstr(UrnOf(1) + "," + Upn(5) + ",persistent"));
  EXPECT_THAT(*file, Not(HasSubstr(Upn(0))));
  const auto others = service_.Download("ExportCrossings", Staff(0), crossings);
  EXPECT_TRUE(absl::IsNotFound(others.status())) << others.status();
}

TEST_F(ReadsTest, AnAuthoritysFiguresAreNotThoseOfOneSchool) {
  v1::ExportAttendanceRequest request;
  request.set_level(v1::EXPORT_LEVEL_AUTHORITY);
  request.set_urn(testing::MakeSchool(0).urn.value());
  EXPECT_TRUE(
      absl::IsInvalidArgument(service_.Download("ExportAttendance", Operator(), request).status()));
}

TEST_F(ReadsTest, ASpanIsADifference) {
  service_.Import(TenDays(0, {{0, "II"}, {5, "I\\"}}));
  EXPECT_THAT(service_.Attendance(v1::EXPORT_LEVEL_PUPIL, TenthDay(1), TenthDay(5)),
              HasSubstr(Upn(0) + ",Total,Total,1,10,9,1,0,1,10.00000"));
  EXPECT_THAT(service_.Attendance(v1::EXPORT_LEVEL_PUPIL, TenthDay(6), TenthDay(9)),
              HasSubstr(Upn(0) + ",Total,Total,1,8,8,0,0,0,0.00000"));
  EXPECT_THAT(service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-10-01", "2026-10-31"),
              HasSubstr(Upn(0) + ",Total,Total,0,0,0,0,0,0,z"));
}

TEST_F(ReadsTest, ASpanOverTwoAcademicYearsAddsBoth) {
  service_.Import(Wide({Row(1, "2026-07-16", "I", "I"), Row(0, "2026-07-17", "I", "\\")}));
  service_.Import(Wide({Row(0, "2026-09-03", "I", "I"), Row(0, "2026-09-04", "/", "\\")}));
  EXPECT_THAT(service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-07-01", "2026-09-03"),
              HasSubstr(Upn(0) + ",Total,Total,1,4,1,3,0,3,75.00000"));
}

TEST_F(ReadsTest, AGroupIsTheValueOnTheLastDayOfTheSpan) {
  SetSen(0, "N");
  SetSen(0, "K", "2026-09-10");
  SetSen(1, "E");
  service_.Import(TenDays(0, {{0, "II"}}));
  service_.Import(TenDays(1));
  EXPECT_EQ(
      service_.Attendance(v1::EXPORT_LEVEL_AUTHORITY, TenthDay(0), TenthDay(3), "sen_provision"),
      std::string(kHeader) +
          "2026-09-03,2026-09-08,Local "
          "authority,822,,,sen_provision,E,1,8,8,0,0,0,0.00000,0.00000,0.00000,0,0.00000,0,"
          "0.00000\n"
          "2026-09-03,2026-09-08,Local "
          "authority,822,,,sen_provision,N,1,8,6,2,0,2,25.00000,25.00000,0.00000,1,"
          "100.00000,0,0.00000\n"
          "2026-09-03,2026-09-08,Local "
          "authority,822,,,sen_provision,unknown,0,0,0,0,0,0,z,z,z,0,z,0,z\n");
  EXPECT_THAT(
      service_.Attendance(v1::EXPORT_LEVEL_AUTHORITY, TenthDay(0), TenthDay(9), "sen_provision"),
      HasSubstr("sen_provision,K,1,20,18,2"));
}

TEST_F(ReadsTest, AsKnownAtAnInstant) {
  service_.Import(TenDays(0, {{0, "II"}}));
  const std::string before = education::InstantToString(service_.clock().Now());
  const std::string then = service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-09-01", "2026-11-24");
  service_.clock().Advance(std::chrono::hours(24));
  service_.Import(Wide({Row(0, "2026-09-03", "/", "\\"), Row(2, "2026-09-17", "O", "O")}));
  const std::string now = service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-09-01", "2026-11-24");
  EXPECT_NE(now, then);
  EXPECT_EQ(service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-09-01", "2026-11-24", "", before),
            then);
  EXPECT_EQ(service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-09-01", "2026-11-24", "",
                                education::InstantToString(service_.clock().Now())),
            now);

  auto request = Pupil(0);
  request.set_as_known(before);
  const auto pupil =
      service_.Ask<v1::GetPupilAttendanceResponse>("GetPupilAttendance", Operator(), request);
  ASSERT_TRUE(pupil.ok()) << pupil.status();
  EXPECT_EQ(pupil->enrolments(0).days(0).am(), "I");
  EXPECT_THAT(pupil->enrolments(0).amendments(), IsEmpty());
}

TEST_F(ReadsTest, OnePupilWithDaysWeeksCrossingsAndAmendments) {
  service_.Import(TenDays(0, {{0, "NN"}, {9, "-\\"}}));
  service_.Import(Wide({Row(0, "2026-09-03", "I", ""), Row(0, "2026-09-16", "/", "")}));
  const auto answer =
      service_.Ask<v1::GetPupilAttendanceResponse>("GetPupilAttendance", Staff(0), Pupil(0));
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->enrolments_size(), 1);
  const auto& enrolment = answer->enrolments(0);
  EXPECT_EQ(enrolment.days_size(), 10);
  EXPECT_EQ(enrolment.weeks_size(), 3);
  EXPECT_EQ(enrolment.sessions().possible(), 20);
  EXPECT_EQ(enrolment.sessions().authorised(), 1);
  EXPECT_EQ(enrolment.sessions().unauthorised(), 1);
  EXPECT_EQ(enrolment.missing_marks(), 0);
  EXPECT_TRUE(enrolment.persistent());
  ASSERT_EQ(enrolment.amendments_size(), 1);
  EXPECT_EQ(enrolment.amendments(0).original(), "N");
  ASSERT_EQ(answer->crossings_size(), 1);
  EXPECT_EQ(answer->crossings(0).kind(), "persistent");
  EXPECT_EQ(answer->data_up_to(), "2026-09-16");
  EXPECT_EQ(answer->from(), "2026-09-01");
  EXPECT_EQ(answer->to(), "2026-11-24");
  EXPECT_EQ(
      Count("select count(*) from access.log where subject_kind = 'pupil' and action = 'read'"), 1);
}

TEST_F(ReadsTest, WhatStandsBesideAMarkIsShownWithIt) {
  service_.Import("urn,upn,date,session,code,minutes_late,comment\n" + UrnOf(0) + "," + Upn(0) +
                  ",2026-09-03,PM,L,12,Bus was late\n");
  const auto answer =
      service_.Ask<v1::GetPupilAttendanceResponse>("GetPupilAttendance", Staff(0), Pupil(0));
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->enrolments(0).days_size(), 1);
  EXPECT_EQ(answer->enrolments(0).days(0).pm_minutes_late(), 12);
  EXPECT_EQ(answer->enrolments(0).days(0).pm_comment(), "Bus was late");
  EXPECT_EQ(answer->enrolments(0).days(0).am_comment(), "");
}

TEST_F(ReadsTest, MissingMarksAreShownNeverCounted) {
  service_.Import(Wide({Row(0, "2026-09-03", "/", "\\"), Row(1, "2026-09-03", "/", "")}));
  service_.Import(Wide({Row(0, "2026-09-04", "/", "\\")}));
  const auto answer =
      service_.Ask<v1::GetPupilAttendanceResponse>("GetPupilAttendance", Operator(), Pupil(1));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->enrolments(0).sessions().possible(), 1);
  EXPECT_EQ(answer->enrolments(0).missing_marks(), 3);
}

TEST_F(ReadsTest, OneSchoolWithGroupsWeeksAndDaysWithoutRegister) {
  SetSen(0, "K");
  service_.Import(Wide({Row(0, "2026-09-03", "/", "\\"), Row(1, "2026-09-07", "I", "O")}));
  v1::GetSchoolAttendanceRequest request;
  request.set_urn(testing::MakeSchool(0).urn.value());
  const auto answer =
      service_.Ask<v1::GetSchoolAttendanceResponse>("GetSchoolAttendance", Staff(0), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->total().enrolments(), 2);
  EXPECT_EQ(answer->total().sessions().possible(), 4);
  EXPECT_EQ(answer->total().severe(), 1);
  EXPECT_EQ(answer->weeks_size(), 2);
  EXPECT_EQ(answer->weeks(1).monday(), "2026-09-07");
  EXPECT_EQ(answer->weeks(1).sessions().unauthorised(), 1);
  EXPECT_THAT(std::vector<std::string>(answer->days_without_register().begin(),
                                       answer->days_without_register().end()),
              ElementsAre("2026-09-04"));
  std::int64_t sen_support = -1;
  for (const auto& group : answer->groups()) {
    if (group.breakdown_topic() == "sen_provision" && group.breakdown() == "K")
      sen_support = group.sessions().possible();
  }
  EXPECT_EQ(sen_support, 2);
}

TEST_F(ReadsTest, EnrolmentsAreListedMostAbsentFirstInPages) {
  service_.Import(Wide({Row(0, "2026-09-03", "/", "\\"), Row(1, "2026-09-03", "I", "\\"),
                        Row(2, "2026-09-03", "I", "I")}));
  v1::ListEnrolmentAttendanceRequest request;
  request.set_urn(testing::MakeSchool(0).urn.value());
  request.set_page_size(2);
  auto page = service_.Ask<v1::ListEnrolmentAttendanceResponse>("ListEnrolmentAttendance", Staff(0),
                                                                request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->rows_size(), 2);
  EXPECT_EQ(page->rows(0).pupil_id(), testing::MakePupilId(2).ToString());
  EXPECT_EQ(page->rows(1).pupil_id(), testing::MakePupilId(1).ToString());
  EXPECT_EQ(page->total(), 4);
  EXPECT_EQ(page->data_up_to(), "2026-09-03");
  request.set_page_token(page->next_page_token());
  page = service_.Ask<v1::ListEnrolmentAttendanceResponse>("ListEnrolmentAttendance", Staff(0),
                                                           request);
  ASSERT_EQ(page->rows_size(), 2);
  EXPECT_EQ(page->rows(0).pupil_id(), testing::MakePupilId(0).ToString());
  EXPECT_EQ(page->next_page_token(), "");
  request.Clear();
  request.set_urn(testing::MakeSchool(0).urn.value());
  request.set_filter(v1::ATTENDANCE_FILTER_SEVERE);
  EXPECT_EQ(
      service_
          .Ask<v1::ListEnrolmentAttendanceResponse>("ListEnrolmentAttendance", Staff(0), request)
          ->rows_size(),
      2);
}

TEST_F(ReadsTest, RequestsAreCheckedAllAtOnce) {
  v1::GetPupilAttendanceRequest request;
  request.set_from("2026-13-01");
  request.set_to("soon");
  request.set_as_known("yesterday");
  const auto answer =
      service_.Ask<v1::GetPupilAttendanceResponse>("GetPupilAttendance", Operator(), request);
  EXPECT_TRUE(absl::IsInvalidArgument(answer.status()));
  std::vector<std::string> fields;
  for (const auto& violation : service::ViolationsOf(answer.status()))
    fields.push_back(violation.field);
  EXPECT_THAT(fields, ElementsAre("pupil_id", "from", "to", "as_known"));
}

TEST_F(ReadsTest, AnExportNeedsALevel) {
  const auto file =
      service_.Download("ExportAttendance", Operator(), v1::ExportAttendanceRequest());
  EXPECT_TRUE(absl::IsInvalidArgument(file.status())) << file.status();
}

TEST_F(ReadsTest, ExportsAreInTheAccessLogWithTheirSpan) {
  service_.Import(TenDays(0));
  service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-09-01", "2026-09-30");
  EXPECT_EQ(Count("select count(*) from access.log where action = 'export' and la_code = 822 "
                  "and detail = 'attendance of pupils, 2026-09-01 to 2026-09-30'"),
            1);
}

// --- what the registry tells
// -----------------------------------------------------------------------------------------

TEST_F(ReadsTest, AnEnrolmentsEventKeepsTheCopyCurrent) {
  service_.Import(TenDays(0));
  registry::v1::PupilLeft left;
  left.set_pupil_id(testing::MakePupilId(0).ToString());
  left.set_enrolment_id(MakeEnrolmentId(0).ToString());
  left.set_urn(testing::MakeSchool(0).urn.value());
  left.set_la_code(822);
  left.set_entry_date("2025-09-01");
  left.set_leaving_date("2026-09-11");
  Apply(left, "enrolment/0");
  EXPECT_EQ(Count("select count(*) from enrolment where leaving_date = '2026-09-11'"), 1);
  EXPECT_THAT(service_.Attendance(v1::EXPORT_LEVEL_PUPIL, "2026-10-01", "2026-10-31"),
              Not(HasSubstr(Upn(0))));
}

}  // namespace
}  // namespace pathways::attendance
