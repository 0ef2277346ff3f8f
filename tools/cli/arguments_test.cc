#include "tools/cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace pathways::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ArgumentsTest : public ::testing::Test {
 protected:
  Parsed Parse(const std::vector<std::string>& words) {
    out_.str("");
    err_.str("");
    return ParseArguments(words, out_, err_);
  }
  template <typename T>
  T Good(const std::vector<std::string>& words) {
    const Parsed parsed = Parse(words);
    EXPECT_TRUE(parsed.arguments.has_value() && std::holds_alternative<T>(*parsed.arguments))
        << err_.str();
    return parsed.arguments && std::holds_alternative<T>(*parsed.arguments)
               ? std::get<T>(*parsed.arguments)
               : T();
  }
  // Refused with exit code 2 and a message on standard error.
  std::string Bad(const std::vector<std::string>& words) {
    const Parsed parsed = Parse(words);
    EXPECT_FALSE(parsed.arguments.has_value());
    EXPECT_EQ(parsed.exit_code, kNothingDone);
    EXPECT_EQ(out_.str(), "");
    return err_.str();
  }

  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(ArgumentsTest, AnImportIsAKindAndFiles) {
  const auto arguments = Good<ImportArguments>({"import", "register", "a.csv", "b.csv.gz"});
  EXPECT_EQ(arguments.kind, ImportKind::kRegister);
  EXPECT_THAT(arguments.files, ElementsAre("a.csv", "b.csv.gz"));
  EXPECT_EQ(arguments.on_bad_rows, common::v1::ON_BAD_ROWS_KEEP_GOOD);
  EXPECT_EQ(arguments.date_form, common::v1::DATE_FORM_UNSPECIFIED);
}

TEST_F(ArgumentsTest, StandardInputIsAFile) {
  EXPECT_THAT(Good<ImportArguments>({"import", "pupils", "-"}).files, ElementsAre("-"));
}

TEST_F(ArgumentsTest, AnImportKnowsItsOptions) {
  const auto arguments = Good<ImportArguments>({"import", "register", "a.csv", "--school", "109413",
                                                "--on-bad-rows", "refuse", "--date-form", "dmy",
                                                "--import-id", "x", "--refused", "bad.csv"});
  EXPECT_EQ(arguments.urn, 109413);
  EXPECT_EQ(arguments.on_bad_rows, common::v1::ON_BAD_ROWS_REFUSE_FILE);
  EXPECT_EQ(arguments.date_form, common::v1::DATE_FORM_DAY_MONTH_YEAR);
  EXPECT_EQ(arguments.import_id, "x");
  EXPECT_EQ(arguments.refused, "bad.csv");
}

TEST_F(ArgumentsTest, WhatIsWrongWithAnImportIsSaid) {
  EXPECT_THAT(Bad({"import"}), HasSubstr("kind is required"));
  EXPECT_THAT(Bad({"import", "schools"}), HasSubstr("file is required"));
  EXPECT_THAT(Bad({"import", "marks", "a.csv"}), HasSubstr("marks not in"));
  EXPECT_THAT(Bad({"import", "register", "a.csv", "--school", "12"}), HasSubstr("--school"));
  EXPECT_THAT(Bad({"import", "register", "a.csv", "--on-bad-rows", "drop"}),
              HasSubstr("--on-bad-rows"));
  EXPECT_THAT(Bad({"import", "register", "a.csv", "b.csv", "--refused", "c.csv"}),
              HasSubstr("one file at a time"));
}

TEST_F(ArgumentsTest, AnExportKnowsItsOptions) {
  const auto arguments =
      Good<ExportArguments>({"export", "attendance", "--level", "pupil", "--from", "2026-09-01",
                             "--to", "2026-12-18", "--by", "sex", "--as-known",
                             "2026-10-01T09:00:00Z", "--format", "csv", "--output", "x.csv"});
  EXPECT_EQ(arguments.kind, ExportKind::kAttendance);
  EXPECT_EQ(arguments.level, attendance::v1::EXPORT_LEVEL_PUPIL);
  EXPECT_EQ(arguments.from + arguments.to + arguments.by + arguments.as_known + arguments.output,
            "2026-09-012026-12-18sex2026-10-01T09:00:00Zx.csv");
}

TEST_F(ArgumentsTest, AnExportWithoutOptionsIsBySchool) {
  EXPECT_EQ(Good<ExportArguments>({"export", "attendance"}).level,
            attendance::v1::EXPORT_LEVEL_SCHOOL);
  EXPECT_EQ(Good<ExportArguments>({"export", "crossings"}).kind, ExportKind::kCrossings);
  EXPECT_EQ(Good<ExportArguments>({"export", "exclusions"}).kind, ExportKind::kExclusions);
  EXPECT_EQ(Good<ExportArguments>({"export", "clock", "--school", "109123"}).urn, 109123);
  EXPECT_EQ(Good<ExportArguments>({"export", "crossings", "--school", "109123"}).urn, 109123);
  EXPECT_THAT(Bad({"export", "schools", "--school", "109123"}), HasSubstr("--school"));
  EXPECT_THAT(Bad({"export", "attendance", "--format", "xlsx"}), HasSubstr("--format"));
  EXPECT_THAT(Bad({"export", "attendance", "--level", "class"}), HasSubstr("--level"));
}

TEST_F(ArgumentsTest, TrendsAreOfAPlaceAndDividedByGroups) {
  const auto trends =
      Good<ExportArguments>({"export", "trends", "--from", "202223", "--by", "sex,reason",
                             "--terms", "--la", "999", "--phase", "State-funded primary"});
  EXPECT_EQ(trends.kind, ExportKind::kTrends);
  EXPECT_TRUE(trends.by_term);
  EXPECT_EQ(trends.la_code, 999);
  EXPECT_EQ(trends.from + trends.by + trends.phase, "202223sex,reasonState-funded primary");
  EXPECT_THAT(Bad({"export", "trends", "--la", "9999"}), HasSubstr("--la"));
  EXPECT_EQ(Good<ImportArguments>({"import", "published", "x.csv"}).kind, ImportKind::kPublished);
  EXPECT_EQ(Good<ImportArguments>({"import", "neighbours", "x.csv"}).kind, ImportKind::kNeighbours);
}

TEST_F(ArgumentsTest, EventsAreListedDiscardedAndReplayed) {
  EXPECT_EQ(Good<EventsArguments>({"events", "list", "--service", "attendance"}).service,
            "attendance");
  const auto replay =
      Good<EventsArguments>({"events", "replay", "7", "--service", "referrals", "--why", "mended"});
  EXPECT_EQ(replay.action, EventsAction::kReplay);
  EXPECT_EQ(replay.id, 7);
  EXPECT_EQ(replay.why, "mended");
  EXPECT_EQ(
      Good<EventsArguments>({"events", "discard", "7", "--service", "referrals", "--why", "x"})
          .action,
      EventsAction::kDiscard);
  EXPECT_EQ(Good<EventsArguments>({"events", "gaps"}).action, EventsAction::kGaps);
  EXPECT_TRUE(
      Good<EventsArguments>({"events", "replay", "--all", "--service", "referrals", "--why", "x"})
          .all);
  EXPECT_EQ(Good<EventsArguments>({"events", "replay", "--type", "PupilLeft", "--service",
                                   "attendance", "--why", "x"})
                .type,
            "PupilLeft");
  const auto accept = Good<EventsArguments>({"events", "accept-gap", "referrals.absence",
                                             "absence/1", "--service", "referrals", "--why", "x"});
  EXPECT_EQ(accept.action, EventsAction::kAcceptGap);
  EXPECT_EQ(accept.reaction + " " + accept.aggregate, "referrals.absence absence/1");
}

TEST_F(ArgumentsTest, ADecisionNeedsAServiceAndAReason) {
  EXPECT_THAT(Bad({"events", "replay", "7", "--why", "x"}), HasSubstr("--service is required"));
  EXPECT_THAT(Bad({"events", "discard", "7", "--service", "registry"}),
              HasSubstr("--why is required"));
  EXPECT_THAT(Bad({"events", "replay", "0", "--service", "registry", "--why", "x"}),
              HasSubstr("id"));
  const auto bad_replay = [&](std::vector<std::string> which) {
    which.insert(which.begin(), {"events", "replay", "--service", "registry", "--why", "x"});
    return Bad(which);
  };
  EXPECT_THAT(bad_replay({}), HasSubstr("1 option from [id,--all,--type] is required"));
  EXPECT_THAT(bad_replay({"7", "--all"}), HasSubstr("2 were given"));
  EXPECT_THAT(bad_replay({"--all", "--type", "PupilLeft"}), HasSubstr("2 were given"));
  EXPECT_THAT(Bad({"events", "discard", "--all", "--service", "registry", "--why", "x"}),
              HasSubstr("1 option from [id] is required"));
  EXPECT_THAT(Bad({"events", "list", "--service", "nobody"}), HasSubstr("--service"));
  EXPECT_THAT(Bad({"events"}), HasSubstr("subcommand is required"));
}

TEST_F(ArgumentsTest, EveryCommandHasHelp) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {"import", "--help"},
                                             {"export", "-h"},
                                             {"events", "--help"},
                                             {"events", "replay", "--help"}}) {
    const Parsed parsed = Parse(words);
    EXPECT_FALSE(parsed.arguments.has_value());
    EXPECT_EQ(parsed.exit_code, kAllGood);
    EXPECT_THAT(out_.str(), HasSubstr("./pathways")) << words[0];
    EXPECT_EQ(err_.str(), "");
  }
  Parse({"import", "--help"});
  EXPECT_THAT(out_.str(), HasSubstr("Exit status"));
  EXPECT_THAT(out_.str(), HasSubstr("--refused"));
}

TEST_F(ArgumentsTest, NoOrAnUnknownCommandIsSaid) {
  EXPECT_THAT(Bad({}), HasSubstr("subcommand is required"));
  EXPECT_NE(Bad({"devour"}), "");
}

}  // namespace
}  // namespace pathways::cli
