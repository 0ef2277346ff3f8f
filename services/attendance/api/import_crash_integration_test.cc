// A service that ends, as by kill -9, in the middle of an import: nothing is half written, and the
// same import again does the work once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/testing/child_process.h"
#include "services/attendance/test_world.h"

namespace pathways::attendance {
namespace {

using testing::kKilled;

constexpr char kImportId[] = "5f0c2a52-0000-4000-8000-000000000001";

class ImportCrash : public AttendanceTest {
 public:
  static std::string File() { return TenDays(0, {{0, "II"}}); }
  static void Fill(FakeRolls& rolls) { FillRolls(rolls); }

  static common::v1::ImportStart Start() {
    common::v1::ImportStart start;
    start.set_import_id(kImportId);
    return start;
  }

 protected:
  int RunChild(const std::string& crash_at) {
    return testing::RunChildTest(
        "ImportCrashChild.DISABLED_Imports",
        {"CRASH_TEST_DATABASE=" + database_.app_uri(), "CRASH_AT=" + crash_at});
  }

  common::v1::ImportState State() {
    v1::GetImportRequest request;
    request.set_import_id(kImportId);
    const auto answer = service_.Ask<v1::GetImportResponse>("GetImport", Operator(), request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? answer->report().state() : common::v1::IMPORT_STATE_UNSPECIFIED;
  }

  void ExpectWrittenOnce() {
    EXPECT_EQ(Count("select count(*) from day_block"), 10);
    EXPECT_EQ(Count("select count(*) from crossing"), 1);
    EXPECT_EQ(Count("select count(*) from events.outbox"), 11);
    EXPECT_EQ(Count("select count(*) from access.log where action = 'write'"), 1);
  }
};

TEST(ImportCrashChild, DISABLED_Imports) {
  Service service(testing::Variable("CRASH_TEST_DATABASE"));
  ImportCrash::Fill(service.rolls());
  const auto report = service.Send(Operator(), ImportCrash::Start(), ImportCrash::File());
  ASSERT_TRUE(report.ok()) << report.status();
}

TEST_F(ImportCrash, BeforeTheCommitNothingIsWritten) {
  ASSERT_EQ(RunChild("import.before_commit"), kKilled);
  EXPECT_EQ(Count("select count(*) from day_block"), 0);
  EXPECT_EQ(Count("select count(*) from slot"), 0);
  EXPECT_EQ(Count("select count(*) from events.outbox"), 0);
  ASSERT_TRUE(service_.imports().MarkInterrupted().ok());
  EXPECT_EQ(State(), common::v1::IMPORT_STATE_INTERRUPTED);
  ASSERT_EQ(RunChild(""), 0);
  EXPECT_EQ(State(), common::v1::IMPORT_STATE_DONE);
  ExpectWrittenOnce();
}

TEST_F(ImportCrash, AfterTheCommitTheSameImportAnswersItsOutcome) {
  ASSERT_EQ(RunChild("import.after_commit"), kKilled);
  EXPECT_EQ(State(), common::v1::IMPORT_STATE_DONE);
  ExpectWrittenOnce();
  ASSERT_EQ(RunChild(""), 0);
  ExpectWrittenOnce();
}

}  // namespace
}  // namespace pathways::attendance
