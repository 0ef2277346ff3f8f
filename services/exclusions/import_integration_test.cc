// Files of suspensions in, and files out, on a real PostgreSQL.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <sstream>

#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using common::v1::ImportReport;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SuspensionImport : public ExclusionsWorld {
 protected:
  // By default of pupil 1 in school 0.
  static std::string File(const std::vector<std::string>& rows) {
    std::string file =
        "urn,upn,kind,start_date,start_session,end_date,sessions,reason1,reason2,reason3,decided_"
        "on,governors_notified_on,representations_on,exam_on,board_decision,decision_notice_on,"
        "review_applied_on,panel_decision,panel_notice_on\n";
    // The cells at the end of a row that are left out here are empty.
    constexpr std::ptrdiff_t kSeparators = 18;
    for (const std::string& row : rows) {
      const auto missing = kSeparators - std::ranges::count(row, ',');
      file += row + std::string(static_cast<std::size_t>(missing), ',') + "\n";
    }
    return file;
  }
  static std::string Row(int pupil, const std::string& rest, int school = 0) {
    return UrnOf(school) + "," + Upn(pupil) + "," + rest;
  }
  void ExpectCounts(const ImportReport& report, int made, int changed, int same, int refused) {
    EXPECT_EQ(report.records_new(), made);
    EXPECT_EQ(report.records_changed(), changed);
    EXPECT_EQ(report.records_unchanged(), same);
    EXPECT_EQ(report.rows_refused(), refused) << report.DebugString();
    for (const auto& problem : report.problems()) {
      EXPECT_NE(problem.reason(), "");
      EXPECT_NE(problem.advice(), "");
      EXPECT_NE(problem.code(), "");
    }
  }
  // "row column" of each problem.
  static std::vector<std::string> Places(const ImportReport& report) {
    std::vector<std::string> places;
    for (const auto& problem : report.problems()) {
      places.push_back(std::to_string(problem.row()) + " " + problem.column());
    }
    return places;
  }
};

TEST_F(SuspensionImport, RowsBecomeExclusionsWithTheirHistory) {
  const auto report = Import(File({
      Row(1, "SUSP,2026-09-07,,,12,PP"),
      Row(2, "susp,2026-09-07,PM,,11,DB,PP"),
      Row(3, "PERM,2026-10-14,,,,VA,,,,2026-10-14,,,decline,2026-11-12"),
      Row(4, "LNCH,2026-09-07,,,11,PP,,,,,2026-09-08"),
  }));
  ExpectCounts(report, 4, 0, 0, 0);
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE);
  EXPECT_EQ(report.first_day(), "2026-09-07");
  EXPECT_EQ(report.last_day(), "2026-10-14");
  EXPECT_THAT(Events(), Contains("SuspensionRecorded").Times(3));
  EXPECT_THAT(Events(), Contains("GovernorsDecided").Times(1));
  const auto listed = List(Staff());
  ASSERT_EQ(listed.size(), 4u);
  EXPECT_EQ(listed[0].facts().kind(), v1::KIND_PERMANENT);
  EXPECT_EQ(listed[0].decisions().board_decision(), "decline");
  EXPECT_EQ(listed[0].import_row(), 4);
  EXPECT_EQ(listed[0].recorded_by(), "");
  EXPECT_EQ(DueOf(listed[0].exclusion_id(), "review_apply_by"), "2026-12-04");
  EXPECT_EQ(Count("select count(distinct subject_id) from access.log where action = 'write'"), 4);
}

TEST_F(SuspensionImport, TheSameFileAgainChangesNothingAndAChangedRowIsHistory) {
  const std::string file =
      File({Row(1, "SUSP,2026-09-07,,,12,PP"), Row(2, "SUSP,2026-09-07,,,4,DB")});
  ExpectCounts(Import(file), 2, 0, 0, 0);
  const auto events = Events();
  ExpectCounts(Import(file), 0, 0, 2, 0);
  EXPECT_EQ(Events(), events);
  const auto report = Import(
      File({Row(1, "SUSP,2026-09-07,,,6,PP,DB"), Row(2, "SUSP,2026-09-07,,,4,DB,,,,,2026-09-09")}));
  ExpectCounts(report, 0, 2, 0, 0);
  EXPECT_THAT(Timeline(Staff(), 1).back().kind(), "suspension_recorded");
  bool told = false;
  for (const auto& entry : Timeline(Staff(), 1)) {
    told = told || entry.change() == "length: 6 days -> 3 days; reasons: PP -> DB PP" ||
           entry.change() == "length: 6 days -> 3 days; reasons: PP -> PP DB";
  }
  EXPECT_TRUE(told);
  EXPECT_THAT(Kinds(Staff(), 2), ElementsAre("suspension_recorded", "decision_recorded"));
}

TEST_F(SuspensionImport, TheSameImportAgainAnswersItsOutcome) {
  const std::string id = education::UuidToString(ids_.NewUuid());
  const std::string file = File({Row(1, "SUSP,2026-09-07,,,12,PP")});
  ASSERT_TRUE(TryImport(Staff(), file, id).ok());
  const auto again = TryImport(Staff(), file, id);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->records_new(), 1);
  EXPECT_EQ(Count("select count(*) from exclusion"), 1);
}

TEST_F(SuspensionImport, WhatIsWrongIsRefusedWithRowColumnReasonAndAdvice) {
  const auto report = Import(File({
      Row(1, "SUSP,2026-09-07,,,4,PP"),                // 2: good
      Row(1, "SUSP,2026-09-08,,,4,PP"),                // 3: overlaps
      Row(2, "SUSP,2026-09-14,,2026-09-07,4,PP"),      // 4: end before start
      Row(2, "SUSP,2026-10-26,,,4,PP"),                // 5: half term
      Row(2, "SUSP,2026-09-21,,,4,ZZ"),                // 6: unknown reason
      Row(2, "SUSP,2026-09-23,,,4,PP,OT"),             // 7: outdated reason
      Row(15, "SUSP,2026-09-21,,,4,PP"),               // 8: not on roll here
      Row(3, "SUSP,2026-09-07,,,92,PP"),               // 9: over 45 days
      Row(4, "FIXED,2026-09-07,,,4,PP"),               // 10: unknown kind
      Row(5, "SUSP,2026-09-21,,,4,PP"),                // 11: on roll only since October
      "999999," + Upn(4) + ",SUSP,2026-09-07,,,4,PP",  // 12: unknown school
      Row(4, "SUSP,2026-09-07,,,four,PP"),             // 13: sessions
  }));
  ExpectCounts(report, 1, 0, 0, 11);
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE_WITH_REFUSALS);
  EXPECT_THAT(Places(report),
              ElementsAre("3 start_date", "4 end_date", "5 start_date", "6 reason1", "7 reason2",
                          "8 upn", "9 sessions", "10 kind", "11 upn", "12 urn", "13 sessions"));
  for (const auto& problem : report.problems()) {
    if (problem.row() != 9) continue;
    EXPECT_EQ(problem.value(), "92");
    EXPECT_THAT(problem.reason(), HasSubstr("46"));
  }
}

TEST_F(SuspensionImport, AFourthReasonIsRefused) {
  std::string file = "urn,upn,kind,start_date,sessions,reason1,reason2,reason3,reason4\n";
  file += Row(1, "SUSP,2026-09-07,4,PP,DB,VA,BU\n");
  const auto report = Import(file);
  ExpectCounts(report, 0, 0, 0, 1);
  EXPECT_THAT(Places(report), ElementsAre("2 reason4"));
}

TEST_F(SuspensionImport, RowsOfOneFileAreHeldAgainstEachOther) {
  const auto report = Import(File({
      Row(1, "SUSP,2026-09-07,,,4,PP"),
      Row(1, "SUSP,2026-09-07,,,6,PP"),  // the same with something else: both
      Row(2, "SUSP,2026-09-07,,,40,PP"), Row(2, "SUSP,2026-11-09,,,40,PP"),
      Row(2, "SUSP,2027-01-12,,,12,PP"),  // 46 days
  }));
  ExpectCounts(report, 2, 0, 0, 3);
  EXPECT_THAT(Places(report), ElementsAre("2 start_date", "3 start_date", "6 sessions"));
}

TEST_F(SuspensionImport, ASchoolSendsItsOwnAndNobodyElses) {
  const std::string file =
      File({Row(1, "SUSP,2026-09-07,,,4,PP"), Row(12, "SUSP,2026-09-07,,,4,PP", 1)});
  const auto report = Import(file, Staff(0));
  ExpectCounts(report, 1, 0, 0, 1);
  EXPECT_THAT(Places(report), ElementsAre("3 urn"));
  EXPECT_EQ(TryImport(Manager(), file).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Import(file, Officer()).records_new(), 1);
}

TEST_F(SuspensionImport, FilesOutHaveTheColumnsAndTheOrderThatArePublished) {
  Import(File({Row(2, "SUSP,2026-09-07,PM,,11,DB,PP"), Row(1, "SUSP,2026-10-05,,,2,PP"),
               Row(1, "SUSP,2026-09-07,,,4,PP"), Row(12, "LNCH,2026-09-07,,,1,PP", 1)}));
  const std::string all = Download(Officer(), "ExportExclusions", v1::ExportExclusionsRequest());
  const std::string reasons = all.find("DB PP") != std::string::npos ? "DB PP" : "PP DB";
  // A UPN begins with its check letter.
  EXPECT_EQ(all,
            "urn,upn,kind,start_date,end_date,sessions,reasons,days_in_term,days_in_year,status\n" +
                Row(2, "SUSP,2026-09-07,2026-09-14,11," + reasons + ",5.5,5.5,recorded\n") +
                Row(1, "SUSP,2026-09-07,2026-09-08,4,PP,2,2,recorded\n") +
                Row(1, "SUSP,2026-10-05,2026-10-05,2,PP,3,3,recorded\n") +
                Row(12, "LNCH,2026-09-07,2026-09-07,1,PP,0.5,0.5,recorded\n", 1));
  v1::ExportClockRequest request;
  request.set_from("2026-09-07");
  request.set_to("2026-09-07");
  request.set_urn(testing::MakeSchool(0).urn.value());
  const std::string clock = Download(Staff(), "ExportClock", request);
  EXPECT_THAT(clock, ::testing::StartsWith(
                         "urn,upn,kind,start_date,step,rule,calendar,starts_from,due,state\n"));
  std::vector<std::string> steps;
  std::istringstream lines(clock);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(Upn(2)) == std::string::npos) continue;
    const std::string start = Row(2, "SUSP,2026-09-07,");
    EXPECT_EQ(line.substr(0, start.size()), start);
    steps.push_back(line.substr(start.size(), line.find(',', start.size()) - start.size()));
    if (steps.back() == "provision_from") {
      EXPECT_THAT(line, ::testing::EndsWith(UrnOf(0) + ",2026-09-07,2026-09-14,late"));
    }
    if (steps.back() == "notify_parents") {
      EXPECT_THAT(line, ::testing::EndsWith(",2026-09-07,without_delay,late"));
    }
  }
  EXPECT_THAT(steps,
              ElementsAre("notify_governing_board", "notify_local_authority", "notify_parents",
                          "provision_from", "reintegration_meeting", "set_work"));
  EXPECT_EQ(Count("select count(*) from access.log where action = 'export'"), 3);
}

TEST_F(SuspensionImport, ThousandsOfRowsASecond) {
  for (int pupil = 1000; pupil < 2000; ++pupil) registry_.Enrol(pupil, 0, kEntry);
  static const char* const kDays[] = {"2026-09-07", "2026-09-21", "2026-10-05", "2026-11-02",
                                      "2026-11-16"};
  std::vector<std::string> rows;
  for (int pupil = 1000; pupil < 2000; ++pupil) {
    for (const char* day : kDays)
      rows.push_back(Row(pupil, std::string("SUSP,") + day + ",,,4,PP"));
  }
  const std::string file = File(rows);
  const auto begin = std::chrono::steady_clock::now();
  ExpectCounts(Import(file), 5000, 0, 0, 0);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  std::cout << "5,000 suspensions of 1,000 pupils in " << took.count() << " ms\n";
  EXPECT_LT(took, std::chrono::seconds(20));
  EXPECT_EQ(Count("select count(*) from exclusion where half_days_in_term = 20"), 1000);
}

}  // namespace
}  // namespace pathways::exclusions
