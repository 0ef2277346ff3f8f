#include "services/panel/domain/attachment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/builders.h"

namespace pathways::panel {
namespace {

using ::testing::HasSubstr;

constexpr char kDocx[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

TEST(KindOfFile, IsToldByContentAndMustFitTheName) {
  EXPECT_EQ(*KindOfFile("application/pdf", "Report.PDF", ""), AttachmentKind::kPdf);
  EXPECT_EQ(*KindOfFile(kDocx, "letter.docx", ""), AttachmentKind::kWord);
  EXPECT_EQ(*KindOfFile("image/jpeg", "scan.jpeg", ""), AttachmentKind::kJpeg);
  EXPECT_EQ(*KindOfFile("image/png", "drawing.png", ""), AttachmentKind::kPng);
  EXPECT_EQ(*KindOfFile("text/plain", "notes.txt", ""), AttachmentKind::kText);
  const auto disguised = KindOfFile("application/pdf", "report.docx", "");
  EXPECT_EQ(disguised.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(disguised.status().message(), HasSubstr("a PDF, but its name"));
}

TEST(KindOfFile, RefusesWhatRuns) {
  for (const auto& [mime, name] :
       {std::pair("application/x-dosexec", "report.pdf"), std::pair("text/html", "report.txt"),
        std::pair("application/zip", "reports.zip"), std::pair("image/svg+xml", "picture.png"),
        std::pair("text/x-shellscript", "notes.txt")}) {
    EXPECT_EQ(KindOfFile(mime, name, "").status().code(), absl::StatusCode::kInvalidArgument)
        << mime;
  }
  EXPECT_THAT(KindOfFile(kDocx, "letter.docx", "PK..word/vbaProject.bin..").status().message(),
              HasSubstr("macros"));
}

TEST(FileName, LosesFoldersAndControlCharacters) {
  EXPECT_EQ(*TidyFileName("C:\\Users\\me\\Zo\xc3\xab's report.pdf"), "Zo\xc3\xab's report.pdf");
  EXPECT_EQ(*TidyFileName("../../etc/passwd\r\n.txt"), "passwd.txt");
  EXPECT_FALSE(TidyFileName("folder/").ok());
}

TEST(FileName, IsCutBetweenLettersAndKeepsItsEnding) {
  std::string name;
  for (int i = 0; i < 150; ++i) name += "\xc3\xab";
  const std::string cut = *TidyFileName(name + ".docx");
  EXPECT_LE(cut.size(), 200U);
  EXPECT_TRUE(cut.ends_with("\xc3\xab.docx")) << cut;
}

TEST(Case, TakesNoFilesOnceItsPackIsSealedOrItIsOver) {
  const auto school = testing::MakeSchool(0);
  PanelCase panel_case{.id = *CaseId::Parse("10000000-0000-4000-8000-000000000002"),
                       .reference = "SP-1",
                       .pupil = testing::MakePupilId(1),
                       .urn = school.urn,
                       .la_code = school.la_code};
  panel_case.state = CaseState::kScheduled;
  EXPECT_TRUE(CheckTakesFiles(panel_case).ok());
  panel_case.sealed = true;
  EXPECT_EQ(CheckTakesFiles(panel_case).code(), absl::StatusCode::kFailedPrecondition);
  panel_case.sealed = false;
  panel_case.state = CaseState::kWithdrawn;
  EXPECT_EQ(CheckTakesFiles(panel_case).code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace pathways::panel
