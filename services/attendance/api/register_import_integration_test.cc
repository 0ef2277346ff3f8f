// Register files in, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "pathways/attendance/v1/events.pb.h"
#include "services/attendance/test_world.h"

namespace pathways::attendance {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kCrossingsHeader[] = "urn,upn,kind,day,sess_possible,sess_overall\n";

TEST_F(AttendanceTest, ARegisterBecomesMarksSumsAndEvents) {
  const ImportReport report =
      service_.Import(Wide({Row(0, "2026-09-03", "/", "\\"), Row(1, "2026-09-03", "I", "L")}));
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE) << report.DebugString();
  EXPECT_EQ(report.rows_read(), 2);
  EXPECT_EQ(report.rows_good(), 2);
  EXPECT_EQ(report.records_new(), 4);
  EXPECT_EQ(report.first_day(), "2026-09-03");
  EXPECT_THAT(Events(), ElementsAre("RegisterRecorded"));
  EXPECT_EQ(Count("select count(*) from day_block where version = 1 and marks = '/\\\\IL----'"), 1);
  EXPECT_EQ(
      Count("select count(*) from access.log where action = 'write' and subject_kind = 'school'"),
      1);
}

TEST_F(AttendanceTest, LongAndWideFilesSayTheSame) {
  service_.Import(Wide({Row(0, "2026-09-03", "L", "I")}));
  const ImportReport report =
      service_.Import("URN;Unique Pupil Number;Date;Session;Mark;Minutes Late\n" + UrnOf(0) + ";" +
                      Upn(0) + ";03/09/2026;am;l;12\n" + UrnOf(0) + ";" + Upn(0) +
                      ";17/09/2026;PM;i;\n" + UrnOf(0) + ";" + Upn(0) + ";03/09/2026;PM;I;\n");
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE) << report.DebugString();
  EXPECT_EQ(report.records_unchanged(), 2);
  EXPECT_EQ(report.records_new(), 1);
  EXPECT_EQ(Count("select minutes_late::bigint from mark_note"), 12);
}

TEST_F(AttendanceTest, TheSameFileAgainChangesNothing) {
  const std::string file = TenDays(0, {{9, "II"}});
  service_.Import(file);
  const auto events = Events();
  const ImportReport again = service_.Import(file);
  EXPECT_EQ(again.records_unchanged(), 20);
  EXPECT_EQ(again.records_new() + again.records_changed(), 0);
  EXPECT_EQ(Events(), events);
  EXPECT_EQ(Count("select count(*) from day_block"), 10);
}

TEST_F(AttendanceTest, TheSameImportIdAnswersTheFirstOutcome) {
  const common::v1::ImportStart start = service_.NewStart();
  const auto first = service_.Send(Operator(), start, Wide({Row(0, "2026-09-03", "/", "\\")}));
  const auto second = service_.Send(Operator(), start, Wide({Row(0, "2026-09-04", "I", "I")}));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
  EXPECT_EQ(Count("select count(*) from day_block"), 1);
}

TEST_F(AttendanceTest, AFileWithoutItsEndIsNotWritten) {
  const common::v1::ImportStart start = service_.NewStart();
  const std::string file = TenDays(0, {{0, "II"}});
  const auto cut = service_.Send(Operator(), start, file, /*whole=*/false);
  EXPECT_TRUE(absl::IsInvalidArgument(cut.status())) << cut.status();
  EXPECT_EQ(Count("select count(*) from day_block"), 0);
  EXPECT_TRUE(Events().empty());
  const auto whole = service_.Send(Operator(), start, file);
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(whole->state(), common::v1::IMPORT_STATE_DONE);
}

TEST_F(AttendanceTest, ACrossingIsPublishedOnce) {
  service_.Import(TenDays(0, {{0, "II"}}));
  EXPECT_EQ(service_.Crossings(),
            kCrossingsHeader + UrnOf(0) + "," + Upn(0) + ",persistent,2026-09-16,20,2\n");
  EXPECT_THAT(Events(), ::testing::Contains("AbsenceBecamePersistent").Times(1));
  service_.Import(Wide({Row(0, "2026-09-17", "I", "I")}));
  EXPECT_THAT(Events(), ::testing::Contains("AbsenceBecamePersistent").Times(1));
}

TEST_F(AttendanceTest, ACorrectionKeepsTheOriginalAndWithdrawsTheCrossing) {
  service_.Import(TenDays(0, {{0, "NN"}}));
  const ImportReport report =
      service_.Import("urn,upn,date,session,code,reason,amended_by\n" + UrnOf(0) + "," + Upn(0) +
                      ",2026-09-03,AM,B,Was at college,Office manager\n");
  EXPECT_EQ(report.records_changed(), 1) << report.DebugString();
  EXPECT_EQ(service_.Crossings(), kCrossingsHeader);
  EXPECT_THAT(Events(), ::testing::Contains("AbsenceCrossingWithdrawn").Times(1));
  EXPECT_EQ(Count("select count(*) from day_block where day = '2026-09-03'"), 2);
  const auto row =
      Query("select original, amended, reason, amended_by, session from amendment").front();
  EXPECT_EQ(row.Get<std::string>("original"), "N");
  EXPECT_EQ(row.Get<std::string>("amended"), "B");
  EXPECT_EQ(row.Get<std::string>("reason"), "Was at college");
  EXPECT_EQ(row.Get<std::string>("amended_by"), "Office manager");
  EXPECT_EQ(row.Get<std::string>("session"), "AM");
}

TEST_F(AttendanceTest, AnEnrolmentsEventsHaveVersionsWithoutGaps) {
  service_.Import(TenDays(0, {{0, "II"}}));
  service_.Import(Wide({Row(0, "2026-09-03", "/", "\\")}));
  service_.Import(Wide({Row(0, "2026-09-03", "G", "G")}));
  const auto rows = Query(
      "select version, type from events.outbox where aggregate like 'enrolment/%' order by seq");
  ASSERT_EQ(rows.size(), 3U);
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_EQ(rows[i].Get<std::int64_t>("version"), static_cast<std::int64_t>(i) + 1);
  v1::AbsenceCrossingWithdrawn withdrawn;
  const auto payload = Query("select payload from events.outbox where type like '%Withdrawn'")
                           .front()
                           .Get<storage::Bytes>(0);
  ASSERT_TRUE(withdrawn.ParseFromString(payload.data));
  EXPECT_EQ(withdrawn.kind(), v1::ABSENCE_KIND_PERSISTENT);
  EXPECT_EQ(withdrawn.figures().day(), "2026-09-16");
  EXPECT_EQ(withdrawn.figures().sessions_absent(), 0);
  EXPECT_EQ(withdrawn.figures().sessions_possible(), 20);
  EXPECT_FALSE(withdrawn.import_id().empty());
}

TEST_F(AttendanceTest, ALateDayRewritesTheDaysAfterIt) {
  const std::string all = TenDays(0, {{4, "GG"}});
  std::vector<std::string> rows;
  for (int i = 9; i >= 0; --i) {
    service_.Import(Wide({Row(0, TenthDay(i), i == 4 ? "G" : "/", i == 4 ? "G" : "\\")}));
  }
  EXPECT_EQ(service_.Crossings(),
            kCrossingsHeader + UrnOf(0) + "," + Upn(0) + ",persistent,2026-09-16,20,2\n");
  EXPECT_EQ(service_.Import(all).records_unchanged(), 20);
  EXPECT_EQ(Count("select count(*) from day_sums"), 10);
}

// --- bad input: each row is told with column, value and what to do
// ---------------------------------------------------

struct BadRow {
  std::string name;
  std::string row;
  std::string column;
  std::string code;
  std::string reason;
};

class BadRows : public AttendanceTest {
 protected:
  void ExpectRefused(const std::string& row, const std::string& column, const std::string& code,
                     const std::string& reason) {
    const ImportReport report = service_.Import(Wide({Row(1, "2026-09-03", "/", "\\"), row}));
    ASSERT_EQ(report.state(), common::v1::IMPORT_STATE_DONE_WITH_REFUSALS) << report.DebugString();
    EXPECT_EQ(report.rows_good(), 1);
    EXPECT_EQ(report.rows_refused(), 1);
    ASSERT_GE(report.problems_size(), 1);
    const auto& problem = report.problems(0);
    EXPECT_EQ(problem.row(), 3);
    EXPECT_EQ(problem.column(), column);
    EXPECT_EQ(problem.code(), code);
    EXPECT_THAT(problem.reason(), HasSubstr(reason));
    EXPECT_FALSE(problem.advice().empty());
  }
};

TEST_F(BadRows, WrongUpnLetter) {
  std::string upn = Upn(0);
  upn[0] = upn[0] == 'A' ? 'B' : 'A';
  ExpectRefused(UrnOf(0) + "," + upn + ",2026-09-03,/,\\", "upn", "bad_upn", "letter");
}
TEST_F(BadRows, UnknownSchool) {
  ExpectRefused("999999," + Upn(0) + ",2026-09-03,/,\\", "urn", "unknown_school", "not known");
}
TEST_F(BadRows, NoSchool) {
  ExpectRefused("," + Upn(0) + ",2026-09-03,/,\\", "urn", "bad_urn", "");
}
TEST_F(BadRows, PupilOfAnotherSchool) {
  ExpectRefused(UrnOf(0) + "," + Upn(5) + ",2026-09-03,/,\\", "upn", "not_on_roll",
                "not on the roll of this school");
}
TEST_F(BadRows, OutsideEnrolment) {
  service_.rolls().Member(0, 0).entry = *education::Day::ParseIso("2026-10-05");
  ExpectRefused(Row(0, "2026-09-03", "/", "\\"), "upn", "outside_enrolment",
                "entered on 5 October 2026");
}
TEST_F(BadRows, Weekend) {
  ExpectRefused(Row(0, "2026-09-05", "/", "\\"), "date", "not_a_school_day", "Saturday");
}
TEST_F(BadRows, Holiday) {
  ExpectRefused(Row(0, "2026-10-27", "/", "\\"), "date", "not_a_school_day", "Half term");
}
TEST_F(BadRows, InsetDay) {
  ExpectRefused(Row(0, "2026-09-02", "/", "\\"), "date", "not_a_school_day", "INSET");
}
TEST_F(BadRows, NoTermDates) {
  service_.rolls().Member(0, 0).entry = *education::Day::ParseIso("2020-09-01");
  ExpectRefused(Row(0, "2021-09-06", "/", "\\"), "date", "no_term_dates", "No term dates");
}
TEST_F(BadRows, Tomorrow) {
  ExpectRefused(Row(0, "2026-11-25", "/", "\\"), "date", "future_date", "after today");
}
TEST_F(BadRows, NoSuchDate) {
  ExpectRefused(Row(0, "2026-09-31", "/", "\\"), "date", "date_not_in_calendar", "");
}
TEST_F(BadRows, UnknownCode) {
  ExpectRefused(Row(0, "2026-09-03", "@", "\\"), "am", "unknown_code", "not an attendance code");
}
TEST_F(BadRows, AbolishedCode) {
  ExpectRefused(Row(0, "2026-09-03", "/", "H"), "pm", "unknown_code", "use C");
}
TEST_F(BadRows, NotYetOnRollCode) {
  ExpectRefused(Row(0, "2026-09-03", "Z", "\\"), "am", "unknown_code", "Z is for");
}
TEST_F(BadRows, Formula) {
  ExpectRefused(Row(0, "2026-09-03", "=1+1", "\\"), "am", "formula", "formula");
}
TEST_F(BadRows, NulByte) {
  ExpectRefused(Row(0, "2026-09-03", std::string("/\0", 2), "\\"), "am", "nul_byte", "");
}
TEST_F(BadRows, HalfAUtf8Character) {
  ExpectRefused(Row(0, "2026-09-03", "\xC3", "\\"), "am", "not_utf8", "");
}
TEST_F(BadRows, TooManyCells) {
  ExpectRefused(Row(0, "2026-09-03", "/", "\\,,x"), "", "cell_count", "");
}

TEST_F(AttendanceTest, EveryThingWrongWithARowIsTold) {
  const ImportReport report = service_.Import(Wide({"12,X,yesterday,@,@"}));
  std::vector<std::string> columns;
  for (const auto& problem : report.problems()) columns.push_back(problem.column());
  EXPECT_THAT(columns, ElementsAre("urn", "upn", "date", "am", "pm"));
  EXPECT_EQ(report.rows_refused(), 1);
}

TEST_F(AttendanceTest, TheSameSessionTwiceWithOtherMarksRefusesBothRows) {
  const ImportReport report =
      service_.Import(Wide({Row(0, "2026-09-03", "/", "\\"), Row(1, "2026-09-03", "/", "\\"),
                            Row(0, "2026-09-03", "/", "\\"), Row(0, "2026-09-03", "I", "\\")}));
  EXPECT_EQ(report.rows_good(), 1) << report.DebugString();
  EXPECT_EQ(report.rows_refused(), 3);
  std::vector<std::int64_t> rows;
  for (const auto& problem : report.problems()) rows.push_back(problem.row());
  EXPECT_THAT(rows, ElementsAre(2, 4, 5));
  EXPECT_EQ(report.records_new(), 2);
}

TEST_F(AttendanceTest, RefuseFileWritesNothingWhenOneRowIsBad) {
  auto start = service_.NewStart();
  start.set_on_bad_rows(common::v1::ON_BAD_ROWS_REFUSE_FILE);
  const auto report = service_.Send(
      Operator(), start, Wide({Row(0, "2026-09-03", "/", "\\"), Row(1, "2026-09-05", "/", "\\")}));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->state(), common::v1::IMPORT_STATE_REFUSED);
  EXPECT_EQ(report->rows_refused(), 2);
  EXPECT_EQ(Count("select count(*) from day_block"), 0);
  EXPECT_THAT(Events(), IsEmpty());
}

class BadFiles : public AttendanceTest,
                 public ::testing::WithParamInterface<std::pair<const char*, std::string>> {};

TEST_P(BadFiles, AreRefusedWhole) {
  const ImportReport report = service_.Import(GetParam().second);
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_REFUSED) << report.DebugString();
  ASSERT_GE(report.problems_size(), 1);
  EXPECT_EQ(report.problems(0).row(), 0);
  EXPECT_FALSE(report.problems(0).reason().empty());
  EXPECT_EQ(Count("select count(*) from day_block"), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Each, BadFiles,
    ::testing::Values(
        std::pair("Empty", std::string()), std::pair("Pdf", std::string("%PDF-1.7\n1 0 obj\n")),
        std::pair("NoMarks", std::string("urn,upn,date\n")),
        std::pair("NoUpn", std::string("urn,date,am,pm\n")),
        std::pair("NoSchoolColumn", std::string("upn,date,am,pm\n")),
        std::pair("BothShapes", std::string("urn,upn,date,am,pm,session,code\n")),
        std::pair("DatesEitherWay", "urn,upn,date,am,pm\n100000,A000000000000,03/09/2026,/,\\\n" +
                                        std::string("100000,A000000000000,04/09/2026,/,\\\n")),
        std::pair("DatesOfTwoForms", "urn,upn,date,am,pm\n100000,A000000000000,2026-09-03,/,\\\n" +
                                         std::string("100000,A000000000000,14/09/2026,/,\\\n"))),
    [](const auto& test) { return std::string(test.param.first); });

TEST_F(AttendanceTest, AnEndlessLineIsRefusedAndTheRestKept) {
  const std::string endless(std::size_t{20} << 20, 'x');
  const ImportReport report = service_.Import(Wide({endless, Row(0, "2026-09-03", "/", "\\")}));
  EXPECT_EQ(report.rows_good(), 1);
  ASSERT_EQ(report.problems_size(), 1);
  EXPECT_EQ(report.problems(0).code(), "record_too_long");
}

TEST_F(AttendanceTest, RefusedRowsComeBackAsAFileToCorrect) {
  const ImportReport report = service_.Import("urn,upn,Name,date,am,pm\n" + UrnOf(0) + "," +
                                              Upn(0) + ",\"Fox, Ben\",2026-09-05,/,\\\n");
  v1::ExportRefusedRowsRequest request;
  request.set_import_id(report.import_id());
  auto file = service_.Download("ExportRefusedRows", Operator(), request);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_THAT(*file, HasSubstr("\"Fox, Ben\",2026-09-05"));
  EXPECT_THAT(*file, HasSubstr("Saturday"));
  file->replace(file->find("2026-09-05"), 10, "2026-09-04");
  EXPECT_EQ(service_.Import(*file).state(), common::v1::IMPORT_STATE_DONE);
}

TEST_F(AttendanceTest, RefusedRowsAreForgottenInTime) {
  service_.Import(Wide({Row(0, "2026-09-05", "/", "\\")}));
  ASSERT_TRUE(service_.imports().ForgetRefused(std::chrono::hours(24)).ok());
  EXPECT_EQ(Count("select count(*) from import_refusal"), 1);
  service_.clock().Advance(std::chrono::hours(25));
  ASSERT_TRUE(service_.imports().ForgetRefused(std::chrono::hours(24)).ok());
  EXPECT_EQ(Count("select count(*) from import_refusal"), 0);
}

TEST_F(AttendanceTest, PresentWrittenForTheOtherSessionIsReadAndNoted) {
  const ImportReport report =
      service_.Import(Wide({Row(0, "2026-09-03", "\\", "/"), Row(1, "2026-09-03", "\\", "/")}));
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE);
  ASSERT_EQ(report.notes_size(), 2);
  EXPECT_THAT(report.notes(0), HasSubstr("(2 times)"));
  EXPECT_EQ(Count("select count(*) from day_block where marks = '/\\\\/\\\\----'"), 1);
}

TEST_F(AttendanceTest, AFileForOneSchoolNeedsNoUrnColumn) {
  auto start = service_.NewStart();
  start.set_urn(testing::MakeSchool(0).urn.value());
  const auto report =
      service_.Send(Staff(0), start, "upn,date,am,pm\n" + Upn(0) + ",2026-09-03,/,\\\n");
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->state(), common::v1::IMPORT_STATE_DONE) << report->DebugString();
}

TEST_F(AttendanceTest, AnotherSchoolsRegisterIsRefusedAsUnknown) {
  const ImportReport report = service_.Import(Wide({Row(5, "2026-09-03", "/", "\\")}), Staff(0));
  ASSERT_EQ(report.problems_size(), 1);
  EXPECT_EQ(report.problems(0).code(), "unknown_school");
}

TEST_F(AttendanceTest, WithoutTheRegistryAnImportIsRefusedClearly) {
  service_.rolls().available = false;
  const auto report =
      service_.Send(Operator(), service_.NewStart(), Wide({Row(0, "2026-09-03", "/", "\\")}));
  EXPECT_TRUE(absl::IsUnavailable(report.status())) << report.status();
}

TEST_F(AttendanceTest, ImportsOfTheSameSchoolsAtOnceLoseNothing) {
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([this, writer] {
      for (int day = 0; day < 10; ++day) {
        service_.Import(Wide(
            {Row(writer, TenthDay(day), "/", "\\"), Row(4 + writer, TenthDay(day), "I", "I")}));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::string figures =
      service_.Attendance(v1::EXPORT_LEVEL_SCHOOL, "2026-09-01", "2026-11-24");
  EXPECT_THAT(figures, HasSubstr(UrnOf(0) + ",,Total,Total,4,80,80,0,0,0,0.00000"));
  EXPECT_THAT(figures, HasSubstr(UrnOf(1) + ",,Total,Total,4,80,0,80,0,80,100.00000"));
  EXPECT_EQ(Count("select count(*) from crossing"), 8);
  EXPECT_EQ(Count("select count(*) from events.outbox where type not like '%RegisterRecorded'"), 8);
}

}  // namespace
}  // namespace pathways::attendance
