#include "libs/tabular/annotated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/tabular/csv_reader.h"
#include "libs/tabular/header.h"

namespace pathways::tabular {
namespace {

using std::string_view_literals::operator""sv;
using Cells = std::vector<std::string_view>;

const std::vector<Problem> kOne = {
    {.row = 4, .column = "upn", .reason = "Wrong.", .advice = "Type it again."}};

TEST(AnnotatedFile, AddsTheProblemsToEachRow) {
  std::string out;
  AnnotatedFile file(&out, Cells{"upn", "date"});
  file.Add(Cells{"A1", "2025-09-01"}, kOne);
  file.Add(Cells{"B2", "never"}, std::vector<Problem>{{.column = "upn", .reason = "Wrong."},
                                                      {.column = "date", .reason = "No date."}});
  EXPECT_EQ(out,
            "upn,date,errors\n"
            "A1,2025-09-01,upn: Wrong. Type it again.\n"
            "B2,never,upn: Wrong. | date: No date.\n");
}

TEST(AnnotatedFile, KeepsRowsThatCouldNotBeRead) {
  std::string out;
  AnnotatedFile file(&out, Cells{"upn", "date"});
  file.AddRaw("short", kOne);
  file.AddRaw("a,b,extra", kOne);
  file.AddRaw("x\xFF\0,\"open"sv, kOne);
  file.AddRaw("", kOne);
  EXPECT_EQ(out,
            "upn,date,errors\n"
            "short,,upn: Wrong. Type it again.\n"
            "a,b,upn: Wrong. Type it again.,extra\n"
            "x\uFFFD,\"\"\"open\",upn: Wrong. Type it again.\n"
            ",,\"Row 4, upn: Wrong. Type it again.\"\n");
}

TEST(AnnotatedFile, MakesTheErrorsColumnAnewWhenItComesBack) {
  std::string out;
  AnnotatedFile file(&out, Cells{"upn", "Errors", "date"}, ';');
  file.Add(Cells{"A1", "old", "2025-09-01"}, kOne);
  EXPECT_EQ(out, "upn;date;errors\nA1;2025-09-01;upn: Wrong. Type it again.\n");
}

TEST(AnnotatedFile, GuardsFormulasOnceHoweverOftenItGoesRound) {
  for (const std::string_view cell : {"=1+1", "'=1+1"}) {
    std::string out;
    AnnotatedFile(&out, Cells{"upn"}).Add(Cells{cell}, {});
    EXPECT_EQ(out, "upn,errors\n'=1+1,\n");
  }
}

// What we hand out must come back in: every kind of bad row, made into the file, is a readable row
// of that file.
TEST(AnnotatedFile, CanBeReadAgain) {
  const std::string_view upload = "upn,date\nA1\nB2,2\"3\nC3,\"open\nD4,\xFF\nE5,=cmd\n"sv;
  std::string out;
  std::unique_ptr<AnnotatedFile> file;
  CsvReader reader({}, {.on_header =
                            [&](const Record& r) {
                              file = std::make_unique<AnnotatedFile>(&out, r.fields);
                              return absl::OkStatus();
                            },
                        .on_record =
                            [&](const Record& r) {
                              file->Add(r.fields, kOne);
                              return absl::OkStatus();
                            },
                        .on_bad_record =
                            [&](const BadRecord& bad) {
                              file->AddRaw(bad.raw, std::span(&bad.problem, 1));
                              return absl::OkStatus();
                            }});
  ASSERT_TRUE(reader.Feed(upload).ok());
  ASSERT_TRUE(reader.Finish().ok());

  std::vector<std::string> upns;
  CsvReader again({},
                  {.on_header =
                       [&](const Record& r) {
                         const std::vector<WantedColumn> wanted = {{.key = "upn"}, {.key = "date"}};
                         EXPECT_TRUE(HeaderMap::Resolve(wanted, r.fields).unknown().empty());
                         return absl::OkStatus();
                       },
                   .on_record =
                       [&](const Record& r) {
                         upns.emplace_back(r.fields[0]);
                         EXPECT_FALSE(r.fields[2].empty());
                         return absl::OkStatus();
                       },
                   .on_bad_record =
                       [&](const BadRecord& bad) {
                         ADD_FAILURE() << Describe(bad.problem);
                         return absl::OkStatus();
                       }});
  ASSERT_TRUE(again.Feed(out).ok());
  ASSERT_TRUE(again.Finish().ok());
  EXPECT_THAT(upns, testing::ElementsAre("A1", "B2", "C3", "D4", "E5"));
}

}  // namespace
}  // namespace pathways::tabular
