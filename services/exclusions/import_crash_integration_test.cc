// A service that ends, as by kill -9, in the middle of an import of suspensions: nothing of it is
// there, the exclusions, their clocks, events and figures together; the same import again does the
// work once.
#include <gmock/gmock.h>

#include "libs/testing/child_process.h"
#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using common::v1::ImportReport;
using testing::kKilled;

constexpr char kImportId[] = "5f0c2a52-0000-4000-8000-000000000002";

// In school 0: a suspension that is there already gets longer, one is new, and a permanent one with
// the board's decision.
std::vector<common::v1::ImportChunk> File() {
  std::vector<common::v1::ImportChunk> chunks(3);
  auto* start = chunks[0].mutable_start();
  start->set_import_id(kImportId);
  start->set_file_name("suspensions.csv");
  std::string file = "urn,upn,kind,start_date,sessions,reason1,board_decision,decision_notice_on\n";
  for (const auto& [pupil, rest] :
       std::map<int, std::string>{{1, "SUSP,2026-11-02,12,PP,,"},
                                  {2, "SUSP,2026-09-14,4,DB,,"},
                                  {3, "PERM,2026-10-14,,VA,decline,2026-11-12"}}) {
    file += testing::MakeSchool(0).urn.ToString() + "," + testing::MakeUpn(pupil).ToString() + "," +
            rest + "\n";
  }
  chunks[1].set_data(file);
  chunks[2].mutable_end();
  return chunks;
}

class SuspensionImportCrash : public ExclusionsWorld {
 protected:
  int RunChild(const std::string& crash_at) {
    return testing::RunChildTest(
        "SuspensionImportCrashChild.DISABLED_Imports",
        {"CRASH_TEST_DATABASE=" + database_.app_uri(), "CRASH_AT=" + crash_at});
  }

  common::v1::ImportState State() {
    v1::GetImportRequest request;
    request.set_import_id(kImportId);
    const auto answer = Ask<v1::GetImportResponse>(Operator(), "GetImport", request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? answer->report().state() : common::v1::IMPORT_STATE_UNSPECIFIED;
  }

  // Everything an import writes, but for what is drawn anew each time.
  std::string Everywhere() {
    std::string all;
    for (const auto& row : Rows(R"(
           select 'exclusion ' || concat_ws(' ', pupil_id, kind, half_days, state, version, event_version, end_date, next_step,
                                            next_due, import_row) as t from exclusion
           union all
           select 'step ' || concat_ws(' ', e.pupil_id, s.step, s.due, s.state, s.turns_on, s.to_do, s.approached, s.missed)
             from clock_step s join exclusion e using (exclusion_id)
           union all select 'timeline ' || concat_ws(' ', pupil_id, kind, step, change) from timeline
           union all select 'event ' || type || ' ' || version from events.outbox
           union all select 'cell ' || c::text from trend_cell c
           union all select 'access ' || subject_id || ' ' || detail from access.log where action = 'write'
           order by t)")) {
      all += row.Get<std::string>(0) + "\n";
    }
    return all;
  }
};

// The service on the database of the test that runs it.
TEST(SuspensionImportCrashChild, DISABLED_Imports) {
  education::FixedClock clock(education::Day(std::chrono::year(2026) / 11 / 24));
  education::RandomIdSource ids;
  events::Outbox outbox(ids, clock, "/pathways/exclusions");
  auto pool = storage::Pool::Open({.uri = testing::Variable("CRASH_TEST_DATABASE"), .size = 4});
  ASSERT_TRUE(pool.ok()) << pool.status();
  importing::ImportRuns imports(**pool, clock);
  FakeRegistry registry;
  for (int pupil = 1; pupil <= 3; ++pupil) {
    registry.Enrol(pupil, 0, education::Day(std::chrono::year(2023) / 9 / 1));
  }
  CalendarCache calendars;
  const ExclusionsParts parts{.pool = pool->get(),
                              .outbox = &outbox,
                              .clock = &clock,
                              .ids = &ids,
                              .imports = &imports,
                              .rolls = &registry,
                              .calendars = &calendars};
  const service::Endpoint endpoint = ExclusionsEndpoint(parts);
  access::Caller caller;
  caller.person = testing::MakePersonId(9);
  caller.roles = {access::Role::kOperator};
  caller.scope = access::Scope::Everything();
  const auto report =
      service::CallClientStream<ImportReport>(endpoint, "ImportSuspensions", caller, File());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->state(), common::v1::IMPORT_STATE_DONE) << report->DebugString();
}

TEST_F(SuspensionImportCrash, IsThereOnceWhereverItWasKilled) {
  Record(1, 1, Suspension("2026-11-02", 4));
  clock_.Set(education::FixedClock(kToday).Now());
  const std::string before = Everywhere();

  ASSERT_EQ(RunChild("import.before_commit"), kKilled);
  EXPECT_EQ(Everywhere(), before) << "nothing is half written";
  ASSERT_TRUE(imports_->MarkInterrupted().ok());
  EXPECT_EQ(State(), common::v1::IMPORT_STATE_INTERRUPTED);

  ASSERT_EQ(RunChild("import.after_commit"), kKilled);
  EXPECT_EQ(State(), common::v1::IMPORT_STATE_DONE);
  const std::string after = Everywhere();
  EXPECT_EQ(Count("select count(*) from exclusion"), 3);
  EXPECT_EQ(Count("select half_days from exclusion where start_date = '2026-11-02'"), 12);
  EXPECT_EQ(Count("select count(*) from trend_case"), 3);
  // Longer, the first is for the board to consider, and for provision to be made.
  EXPECT_THAT(Events(),
              ::testing::UnorderedElementsAre(
                  "SuspensionRecorded", "ExclusionChanged", "DeadlineMoved", "DeadlineMoved",
                  "SuspensionRecorded", "PermanentExclusionRecorded", "GovernorsDecided"));

  ASSERT_EQ(RunChild(""), 0);
  EXPECT_EQ(Everywhere(), after) << "its outcome is told, nothing is done again";
}

}  // namespace
}  // namespace pathways::exclusions
