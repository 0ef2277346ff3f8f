// A school sees and writes its own, whatever it asks for, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/attendance/api/reads_world.h"

namespace pathways::attendance {
namespace {

using ::testing::IsEmpty;

using RightsTest = ReadsTest;

// --- who may see what
// ------------------------------------------------------------------------------------------------

TEST_F(RightsTest, AnotherSchoolSeesNothing) {
  service_.Import(TenDays(0, {{0, "NN"}}));
  service_.Import(Wide({Row(0, "2026-09-03", "I", "")}));
  const auto pupil =
      service_.Ask<v1::GetPupilAttendanceResponse>("GetPupilAttendance", Staff(1), Pupil(0));
  EXPECT_TRUE(absl::IsNotFound(pupil.status())) << pupil.status();

  v1::GetSchoolAttendanceRequest school;
  school.set_urn(testing::MakeSchool(0).urn.value());
  EXPECT_TRUE(absl::IsNotFound(
      service_.Ask<v1::GetSchoolAttendanceResponse>("GetSchoolAttendance", Staff(1), school)
          .status()));
  v1::ListEnrolmentAttendanceRequest list;
  list.set_urn(testing::MakeSchool(0).urn.value());
  EXPECT_TRUE(absl::IsNotFound(
      service_.Ask<v1::ListEnrolmentAttendanceResponse>("ListEnrolmentAttendance", Staff(1), list)
          .status()));
  EXPECT_EQ(service_.Crossings(Staff(1)), "urn,upn,kind,day,sess_possible,sess_overall\n");
  const auto crossings = service_.Ask<v1::ListCrossingsResponse>("ListCrossings", Staff(1),
                                                                 v1::ListCrossingsRequest());
  EXPECT_THAT(crossings->crossings(), IsEmpty());
  const auto schools = service_.Ask<v1::ListSchoolAttendanceResponse>(
      "ListSchoolAttendance", Staff(1), v1::ListSchoolAttendanceRequest());
  EXPECT_THAT(schools->schools(), IsEmpty());
  const auto own = service_.Ask<v1::ListCrossingsResponse>("ListCrossings", Staff(0),
                                                           v1::ListCrossingsRequest());
  EXPECT_EQ(own->crossings_size(), 1);
}

// The second wall: row-level security alone, table by table, whatever the statement asks for.
TEST_F(RightsTest, EveryTableOfPupilsIsClosedToOtherSchools) {
  SetSen(0, "K");
  service_.Import(TenDays(0, {{0, "NN"}}));
  service_.Import("urn,upn,date,session,code,minutes_late,comment\n" + UrnOf(0) + "," + Upn(0) +
                  ",2026-09-03,AM,L,5,x\n");
  service_.Import(Wide({Row(0, "2026-09-03", "O", "O")}));
  const auto rows_for = [&](const access::Caller& caller,
                            const std::string& table) -> std::int64_t {
    const std::string text = "select count(*) from " + table;
    auto count = storage::RunInTransaction(
        service_.pool(), caller.ToRowScope(), storage::Deadline::After(std::chrono::seconds(10)),
        [&](storage::Transaction& transaction) {
          return transaction.QueryOne(storage::Sql::Composed(text));
        });
    EXPECT_TRUE(count.ok()) << table << ": " << count.status();
    return count.ok() ? count->Get<std::int64_t>(0) : -1;
  };
  for (const auto& row :
       Query("select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
             "where n.nspname = 'public' and relkind = 'r' "
             "and relname not in ('authority_setting_change', 'applied_migration', 'calendar', "
             "'calendar_entry') and relname not like "
             "'import_%'")) {
    const std::string table = row.Get<std::string>(0);
    EXPECT_GT(rows_for(Staff(0), table), 0) << table;
    EXPECT_EQ(rows_for(Staff(1), table), 0) << table;
    EXPECT_EQ(rows_for(CallerWith(access::Role::kSchool, {}), table), 0) << table;
  }
}

TEST_F(RightsTest, ASchoolMayNotWriteAnothersRows) {
  service_.Import(TenDays(0));
  const auto change = [&](storage::Sql sql) {
    return storage::RunInTransaction(
        service_.pool(), Staff(1).ToRowScope(), storage::Deadline::After(std::chrono::seconds(10)),
        [&](storage::Transaction& transaction) { return transaction.Execute(sql); });
  };
  EXPECT_EQ(*change("update day_sums set sums = ''"), 0);
  EXPECT_EQ(*change("delete from crossing"), 0);
  EXPECT_TRUE(absl::IsPermissionDenied(
      change("insert into book (la_code, urn) values (822, 150000 + 4)").status()));
}

}  // namespace
}  // namespace pathways::attendance
