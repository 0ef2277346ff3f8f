#include "tools/cli/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tools/cli/fake_services.h"
#include "tools/cli/progress.h"

namespace pathways::cli {
namespace {

namespace fs = std::filesystem;
using common::v1::ImportReport;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class CommandsTest : public ::testing::Test {
 protected:
  CommandsTest() {
    std::string name = (fs::temp_directory_path() / "pathways-cli-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    services_.reports = {Report(common::v1::IMPORT_STATE_DONE)};
  }
  ~CommandsTest() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Put(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name)) << bytes;
    return Path(name);
  }
  static std::string Contents(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  static ImportReport Report(common::v1::ImportState state) {
    ImportReport report;
    report.set_import_id("the-id");
    report.set_file_name("a.csv");
    report.set_state(state);
    report.set_rows_read(1200);
    report.set_rows_refused(state == common::v1::IMPORT_STATE_DONE ? 0 : 1);
    report.set_rows_good(1200 - report.rows_refused());
    report.set_records_new(1199);
    return report;
  }
  static ImportReport RefusedRow() {
    ImportReport report = Report(common::v1::IMPORT_STATE_DONE_WITH_REFUSALS);
    report.set_problem_count(1);
    auto& problem = *report.add_problems();
    problem.set_row(7);
    problem.set_column("code");
    problem.set_value("=1+1");
    problem.set_reason("It is a formula.");
    problem.set_advice("Put the code there instead.");
    return report;
  }

  ExitCode Import(const ImportArguments& arguments) {
    return RunImport(arguments, services_, ids_, console_);
  }
  ExitCode Import(ImportKind kind, const std::vector<std::string>& files) {
    return Import({.kind = kind, .files = files});
  }
  ExitCode Export(const ExportArguments& arguments) {
    return RunExport(arguments, services_, console_);
  }
  ExitCode Events(const EventsArguments& arguments) {
    return RunEvents(arguments, services_, console_);
  }

  fs::path folder_;
  FakeServices services_;
  education::SequenceIdSource ids_;
  std::ostringstream out_;
  std::ostringstream err_;
  Console console_{out_, err_};
};

TEST_F(CommandsTest, AFileArrivesWhole) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += std::to_string(i) + ",";
  EXPECT_EQ(Import({.kind = ImportKind::kRegister, .files = {Put("a.csv", bytes)}, .urn = 109413}),
            kAllGood);
  ASSERT_EQ(services_.starts.size(), 1U);
  EXPECT_EQ(services_.starts[0].file_name(), "a.csv");
  EXPECT_EQ(services_.starts[0].total_bytes(), static_cast<std::int64_t>(bytes.size()));
  EXPECT_EQ(services_.starts[0].urn(), 109413);
  EXPECT_EQ(services_.starts[0].import_id(), "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(services_.sent[0], bytes);
  EXPECT_THAT(
      out_.str(),
      HasSubstr("a.csv: 1,200 rows read, all good\n  1,199 marks new, 0 changed, 0 already so\n"));
  EXPECT_EQ(err_.str(), "") << "no progress line where nobody watches";
}

TEST_F(CommandsTest, RefusedRowsAreShownAndExitCodeOne) {
  services_.reports = {RefusedRow()};
  EXPECT_EQ(Import(ImportKind::kPupils, {Put("a.csv", "x")}), kPartRefused);
  EXPECT_THAT(out_.str(), HasSubstr("1,200 rows read, 1,199 good, 1 refused"));
  EXPECT_THAT(out_.str(),
              HasSubstr("7    code    =1+1   It is a formula.  Put the code there instead.\n"));
  EXPECT_THAT(out_.str(), HasSubstr("--refused FILE"));
}

TEST_F(CommandsTest, SuspensionsComeInAndGoOutWithTheirClock) {
  services_.reports = {RefusedRow()};
  EXPECT_EQ(Import({.kind = ImportKind::kSuspensions,
                    .files = {Put("s.csv", "x")},
                    .refused = Path("bad.csv")}),
            kPartRefused);
  EXPECT_THAT(out_.str(), HasSubstr("1,199 exclusions new"));
  EXPECT_EQ(Contents(Path("bad.csv")), "refused of the-id\n");
  EXPECT_EQ(Export({.kind = ExportKind::kExclusions, .from = "2026-09-01", .urn = 109123}),
            kAllGood);
  EXPECT_EQ(services_.exclusions.from(), "2026-09-01");
  EXPECT_EQ(services_.exclusions.urn(), 109123);
  EXPECT_EQ(Export({.kind = ExportKind::kClock, .to = "2026-12-18"}), kAllGood);
  EXPECT_EQ(services_.clock.to(), "2026-12-18");
}

TEST_F(CommandsTest, TrendsAreAskedForByYearAndGroup) {
  EXPECT_EQ(Export({.kind = ExportKind::kTrends,
                    .from = "2022/23",
                    .by = "total,sex",
                    .locality = "North",
                    .by_term = true}),
            kAllGood);
  const auto& trend = services_.trend.trend();
  EXPECT_EQ(trend.from_year(), 202223);
  EXPECT_EQ(trend.to_year(), 0);
  EXPECT_TRUE(trend.by_term());
  EXPECT_EQ(trend.scope().locality(), "North");
  EXPECT_THAT(trend.by(), ::testing::ElementsAre(exclusions::v1::BREAKDOWN_TOTAL,
                                                 exclusions::v1::BREAKDOWN_SEX));
  EXPECT_EQ(Export({.kind = ExportKind::kTrends, .by = "height"}), kNothingDone);
  EXPECT_THAT(err_.str(), HasSubstr("not divided by height"));
  EXPECT_EQ(Export({.kind = ExportKind::kTrends, .from = "2022-09-01"}), kNothingDone);
  EXPECT_THAT(err_.str(), HasSubstr("academic year"));
}

TEST_F(CommandsTest, TheImpactOfThePanelIsAskedForByDays) {
  EXPECT_EQ(Export({.kind = ExportKind::kPanel, .from = "2025-09-01", .la_code = 999}), kAllGood);
  EXPECT_EQ(services_.impact.scope().from(), "2025-09-01");
  EXPECT_EQ(services_.impact.scope().la_code(), 999);
}

TEST_F(CommandsTest, RefusedRegisterRowsGoToTheFileTheServiceMakes) {
  services_.reports = {RefusedRow()};
  EXPECT_EQ(Import({.kind = ImportKind::kRegister,
                    .files = {Put("a.csv", "x")},
                    .refused = Path("bad.csv")}),
            kPartRefused);
  EXPECT_EQ(Contents(Path("bad.csv")), "refused of the-id\n");
  EXPECT_THAT(out_.str(), HasSubstr("bad.csv"));
}

TEST_F(CommandsTest, OtherRefusedRowsGoToAFileOfProblems) {
  services_.reports = {RefusedRow()};
  EXPECT_EQ(
      Import(
          {.kind = ImportKind::kPupils, .files = {Put("a.csv", "x")}, .refused = Path("bad.csv")}),
      kPartRefused);
  EXPECT_EQ(Contents(Path("bad.csv")),
            "row,column,value,reason,advice\n7,code,'=1+1,It is a formula.,Put the code there "
            "instead.\n");
}

TEST_F(CommandsTest, AFileThatIsAllGoodMakesNoFileOfRefusedRows) {
  EXPECT_EQ(
      Import(
          {.kind = ImportKind::kPupils, .files = {Put("a.csv", "x")}, .refused = Path("bad.csv")}),
      kAllGood);
  EXPECT_FALSE(fs::exists(Path("bad.csv")));
}

TEST_F(CommandsTest, ARefusedFileIsExitCodeTwo) {
  ImportReport report;
  report.set_file_name("a.csv");
  report.set_state(common::v1::IMPORT_STATE_REFUSED);
  report.set_problem_count(1);
  report.add_problems()->set_reason("The file is empty.");
  services_.reports = {report};
  EXPECT_EQ(Import(ImportKind::kPupils, {Put("a.csv", "")}), kNothingDone);
  EXPECT_THAT(out_.str(), HasSubstr("a.csv: refused; nothing was saved\n  The file is empty."));
  EXPECT_THAT(out_.str(), Not(HasSubstr("--refused"))) << "no row is there to be corrected";
}

TEST_F(CommandsTest, AFileThatCannotBeReadIsExitCodeTwo) {
  EXPECT_EQ(Import(ImportKind::kPupils, {Path("none.csv")}), kNothingDone);
  EXPECT_THAT(err_.str(), HasSubstr("There is no file"));
  EXPECT_TRUE(services_.kinds.empty());
}

TEST_F(CommandsTest, OfSeveralFilesSomeRefusedIsExitCodeOne) {
  services_.reports = {Report(common::v1::IMPORT_STATE_DONE),
                       Report(common::v1::IMPORT_STATE_REFUSED)};
  EXPECT_EQ(Import(ImportKind::kRegister, {Put("a.csv", "x"), Put("b.csv", "y")}), kPartRefused);
  EXPECT_THAT(services_.sent, ElementsAre("x", "y"));
  EXPECT_NE(services_.starts[0].import_id(), services_.starts[1].import_id());
}

TEST_F(CommandsTest, AnOutcomeInDoubtSaysHowToFindOut) {
  services_.reports = {absl::UnavailableError("registry does not answer.")};
  EXPECT_EQ(Import(ImportKind::kPupils, {Put("a.csv", "x")}), kNothingDone);
  EXPECT_THAT(err_.str(), HasSubstr("registry does not answer."));
  EXPECT_THAT(err_.str(), HasSubstr("--import-id 00000000-0000-4000-8000-000000000001"));
}

TEST_F(CommandsTest, ARefusedStartNamesTheOption) {
  services_.reports = {service::InvalidField("start.urn", "Give six digits")};
  EXPECT_EQ(Import(ImportKind::kRegister, {Put("a.csv", "x")}), kNothingDone);
  EXPECT_THAT(err_.str(), HasSubstr("--school: Give six digits"));
  EXPECT_THAT(err_.str(), Not(HasSubstr("--import-id")));
}

TEST_F(CommandsTest, AnExportIsWhatTheServiceSends) {
  EXPECT_EQ(
      Export({.kind = ExportKind::kAttendance, .from = "2026-09-01", .by = "sex", .urn = 109123}),
      kAllGood);
  EXPECT_EQ(out_.str(), "urn,name\n");
  EXPECT_EQ(services_.attendance.from(), "2026-09-01");
  EXPECT_EQ(services_.attendance.by(), "sex");
  EXPECT_EQ(services_.attendance.urn(), 109123);
  EXPECT_EQ(services_.attendance.level(), attendance::v1::EXPORT_LEVEL_SCHOOL);
}

TEST_F(CommandsTest, AnExportGoesToAFile) {
  EXPECT_EQ(Export({.kind = ExportKind::kSchools, .output = Path("x.csv")}), kAllGood);
  EXPECT_EQ(Contents(Path("x.csv")), "urn,name\n");
  EXPECT_EQ(out_.str(), "");
}

TEST_F(CommandsTest, ARefusedExportSaysWhichOptionAndLeavesNoFile) {
  services_.export_status = service::FieldViolations()
                                .Add("as_known", "Write it as 2026-10-01T09:00:00Z")
                                .Add("by", "Use sex")
                                .ToStatus();
  EXPECT_EQ(Export({.kind = ExportKind::kAttendance, .output = Path("x.csv")}), kNothingDone);
  EXPECT_EQ(err_.str(), "error: --as-known: Write it as 2026-10-01T09:00:00Z\n--by: Use sex\n");
  EXPECT_TRUE(fs::is_empty(folder_));
}

common::v1::ListDeadLettersResponse Letter(std::int64_t id, const std::string& next) {
  common::v1::ListDeadLettersResponse response;
  auto& letter = *response.add_letters();
  letter.set_id(id);
  letter.set_state("dead");
  letter.set_reaction("referrals.absence");
  letter.set_type("pathways.attendance.v1.AbsenceBecamePersistent");
  letter.set_error("no such enrolment");
  letter.set_payload("\x01\xFF");
  response.set_next_page_token(next);
  return response;
}

TEST_F(CommandsTest, EventsOfAllServicesAndPagesAreListedWithoutTheirBytes) {
  services_.letters = {
      {"attendance", Letter(1, "x")}, {"attendancex", Letter(2, "")}, {"referrals", Letter(3, "")}};
  EXPECT_EQ(Events({}), kAllGood);
  EXPECT_THAT(out_.str(), HasSubstr("attendance  1   dead"));
  EXPECT_THAT(out_.str(), HasSubstr("attendance  2   dead"));
  EXPECT_THAT(out_.str(), HasSubstr("referrals   3   dead"));
  EXPECT_THAT(out_.str(), HasSubstr("AbsenceBecamePersistent"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("01ff")));
}

TEST_F(CommandsTest, BytesAreShownWhenAskedFor) {
  services_.letters = {{"referrals", Letter(3, "")}};
  EXPECT_EQ(Events({.service = "referrals", .payload = true}), kAllGood);
  EXPECT_THAT(out_.str(), HasSubstr("01ff"));
}

TEST_F(CommandsTest, OneServiceThatIsAwayDoesNotHideTheOthers) {
  services_.letters.emplace("registry", absl::UnavailableError("registry does not answer."));
  services_.letters.emplace("referrals", Letter(3, ""));
  EXPECT_EQ(Events({}), kPartRefused);
  EXPECT_THAT(err_.str(), HasSubstr("registry does not answer."));
  EXPECT_THAT(out_.str(), HasSubstr("referrals  3"));
  EXPECT_EQ(Events({.service = "registry"}), kNothingDone);
}

TEST_F(CommandsTest, NothingSetAsideIsSaid) {
  EXPECT_EQ(Events({}), kAllGood);
  EXPECT_EQ(out_.str(), "No event is set aside.\n");
}

TEST_F(CommandsTest, GapsAreListed) {
  common::v1::ListGapsResponse response;
  auto& gap = *response.add_gaps();
  gap.set_reaction("referrals.absence");
  gap.set_aggregate("absence/1");
  gap.set_seen(4);
  gap.set_next_parked(6);
  services_.gaps.emplace("referrals", response);
  EXPECT_EQ(Events({.action = EventsAction::kGaps}), kAllGood);
  EXPECT_THAT(out_.str(), HasSubstr("referrals  referrals.absence  absence/1  4              6"));
}

TEST_F(CommandsTest, DecisionsReachTheService) {
  EXPECT_EQ(
      Events({.action = EventsAction::kReplay, .service = "attendance", .id = 3, .why = "mended"}),
      kAllGood);
  EXPECT_EQ(
      Events(
          {.action = EventsAction::kDiscard, .service = "referrals", .id = 4, .why = "not ours"}),
      kAllGood);
  EXPECT_EQ(Events({.action = EventsAction::kAcceptGap,
                    .service = "referrals",
                    .reaction = "r",
                    .aggregate = "a/1",
                    .why = "lost"}),
            kAllGood);
  EXPECT_THAT(services_.decided,
              ElementsAre("replay attendance 3 mended", "discard referrals 4 not ours",
                          "accept referrals r a/1 lost"));
}

TEST_F(CommandsTest, EveryDeadEventIsReplayedWithADecisionOfItsOwn) {
  services_.letters = {{"attendance", Letter(1, "x")}, {"attendancex", Letter(2, "")}};
  EventsArguments all{
      .action = EventsAction::kReplay, .service = "attendance", .all = true, .why = "mended"};
  EXPECT_EQ(Events(all), kAllGood);
  EXPECT_THAT(services_.decided,
              ElementsAre("replay attendance 1 mended", "replay attendance 2 mended"));
  EXPECT_THAT(out_.str(), HasSubstr("2 events will be applied again"));
  all.all = false;
  all.type = "PupilLeft";
  EXPECT_EQ(Events(all), kAllGood);
  EXPECT_THAT(out_.str(), HasSubstr("No such event is dead."));
  all.type = "AbsenceBecamePersistent";
  services_.decision = absl::FailedPreconditionError("dead letter is replayed");
  EXPECT_EQ(Events(all), kNothingDone);
  EXPECT_THAT(services_.decided, ::testing::SizeIs(4));
}

TEST_F(CommandsTest, ARefusedDecisionIsExitCodeTwo) {
  services_.decision = absl::NotFoundError("no dead letter 3");
  EXPECT_EQ(
      Events({.action = EventsAction::kReplay, .service = "attendance", .id = 3, .why = "mended"}),
      kNothingDone);
  EXPECT_EQ(err_.str(), "error: attendance: no dead letter 3\n");
}

TEST(Progress, IsShownOnATerminalAndWiped) {
  std::ostringstream out;
  std::ostringstream err;
  Console terminal{out, err, true};
  std::atomic<int> asked = 0;
  {
    const ProgressLine line(terminal, [&] {
      const std::string text = "step " + std::to_string(++asked);
      asked.notify_all();
      return text;
    });
    // Asked a second time, it has shown the first answer.
    asked.wait(0);
    asked.wait(1);
  }
  EXPECT_THAT(err.str(), testing::StartsWith("\r\x1b[Kstep 1"));
  EXPECT_THAT(err.str(), testing::EndsWith("\r\x1b[K"));
  EXPECT_EQ(out.str(), "");
}

TEST(Progress, BytesAreShownWithTheShareWhereTheWholeIsKnown) {
  EXPECT_EQ(DescribeBytes(12'000'000, 48'000'000), "12.0 of 48.0 MB, 25 %");
  EXPECT_EQ(DescribeBytes(12'340'000, 0), "12.3 MB");
}

TEST(Console, NumbersAreWrittenForPeople) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(999), "999");
  EXPECT_EQ(WithCommas(1000), "1,000");
  EXPECT_EQ(WithCommas(-1234567), "-1,234,567");
  EXPECT_EQ(Count(1, "row"), "1 row");
  EXPECT_EQ(Count(2, "person", "people"), "2 people");
}

TEST(Console, TablesLineUpWhateverTheLetters) {
  EXPECT_EQ(FormatTable({"name", "n"}, {{"Zoë", "1"}, {"Ann-Marie", "2"}}),
            "name       n\nZoë        1\nAnn-Marie  2\n");
}

TEST(Console, AFileCannotSpeakToTheTerminal) {
  EXPECT_EQ(FormatTable({"value"}, {{"\x1b[2J\x07"}}), "value\n?[2J?\n");
}

}  // namespace
}  // namespace pathways::cli
