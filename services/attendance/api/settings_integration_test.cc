// What an authority sets for itself, with its history, and what follows at once, on a real
// PostgreSQL.
#include "services/attendance/api/settings_api.h"

#include <gmock/gmock.h>

#include "libs/settings/settings_store.h"
#include "pathways/attendance/v1/settings.pb.h"
#include "services/attendance/store/minimum_sessions.h"
#include "services/attendance/test_world.h"

namespace pathways::attendance {
namespace {

using ::testing::ElementsAre;

class Settings : public AttendanceTest {
 protected:
  Settings()
      : outbox_(ids_, service_.clock(), "/pathways/attendance"),
        parts_{.pool = &service_.pool(),
               .clock = &service_.clock(),
               .imports = nullptr,
               .rolls = nullptr,
               .writer = nullptr,
               .slots = &slots_},
        endpoint_(SettingsEndpoint(parts_, outbox_)) {}

  static access::Caller Of(access::Role role, int school = 0) {
    access::Scope scope;
    scope.authorities = {testing::MakeSchool(school).la_code};
    access::Caller caller = CallerWith(role, scope, 60);
    caller.trace_id = std::string(32, 'a');
    return caller;
  }

  absl::StatusOr<common::v1::AuthoritySetting> Get(const access::Caller& caller) {
    v1::GetMinimumSessionsRequest request;
    request.set_la_code(testing::MakeSchool(0).la_code.value());
    v1::GetMinimumSessionsResponse response;
    auto status = service::CallUnary(endpoint_, "GetMinimumSessions", caller, request, &response);
    if (!status.ok()) return status;
    return response.setting();
  }
  absl::StatusOr<common::v1::AuthoritySetting> Set(const access::Caller& caller, int value,
                                                   std::int64_t version) {
    v1::SetMinimumSessionsRequest request;
    request.set_la_code(testing::MakeSchool(0).la_code.value());
    request.set_value(value);
    request.set_version(version);
    v1::SetMinimumSessionsResponse response;
    auto status = service::CallUnary(endpoint_, "SetMinimumSessions", caller, request, &response);
    if (!status.ok()) return status;
    return response.setting();
  }

  SlotCache slots_;
  education::RandomIdSource ids_;
  events::Outbox outbox_;
  AttendanceParts parts_;
  service::Endpoint endpoint_;
};

TEST_F(Settings, AnotherMinimumOfSessionsChangesCrossingsAtOnceAndIsRemembered) {
  database_.RunScript("insert into calendar values (822, 0, 202627, 1)");
  service_.Import(TenDays(0, {{0, "II"}}));
  ASSERT_EQ(Count("select count(*) from crossing"), 1);
  const auto manager = Of(access::Role::kManager);
  auto now = Get(manager);
  ASSERT_TRUE(now.ok()) << now.status();
  EXPECT_EQ(now->value(), 20);
  EXPECT_EQ(now->version(), 0);

  now = Set(manager, 22, 0);
  ASSERT_TRUE(now.ok()) << now.status();
  EXPECT_EQ(now->value(), 22);
  EXPECT_EQ(Count("select count(*) from crossing"), 0);
  EXPECT_EQ(Events().back(), "AbsenceCrossingWithdrawn");
  EXPECT_EQ(Set(manager, 30, 0).status().code(), absl::StatusCode::kAborted)
      << "somebody else changed it since";
  now = Set(Of(access::Role::kAdministrator), 20, 1);
  ASSERT_TRUE(now.ok()) << now.status();
  EXPECT_EQ(Count("select count(*) from crossing"), 1);
  EXPECT_EQ(Events().back(), "AbsenceBecamePersistent");

  std::vector<int> values;
  for (const auto& change : now->changes()) {
    values.push_back(change.value());
    EXPECT_EQ(change.person_id(), testing::MakePersonId(60).ToString());
    EXPECT_EQ(change.at().substr(0, 10), "2026-11-24");
  }
  EXPECT_THAT(values, ElementsAre(20, 22));
  EXPECT_EQ(Count("select count(*) from access.log where subject_kind = 'authority'"), 2);
}

TEST_F(Settings, AreForWhoManagesTheAuthorityAndWithinBounds) {
  EXPECT_EQ(Set(Of(access::Role::kInclusionOfficer), 22, 0).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Get(Staff(0)).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Set(Of(access::Role::kManager, 6), 22, 0).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Set(Of(access::Role::kManager), 0, 0).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Set(Of(access::Role::kManager), 401, 0).status().code(),
            absl::StatusCode::kInvalidArgument);
  // The second wall.
  const auto written = storage::RunInTransaction(
      service_.pool(), Of(access::Role::kManager, 6).ToRowScope(),
      storage::Deadline::After(std::chrono::seconds(10)), [](storage::Transaction& transaction) {
        return settings::AddChange(transaction, kMinimumSessions, testing::MakeSchool(0).la_code,
                                   {.version = 1, .value = 1, .last_call = "x"});
      });
  EXPECT_EQ(written.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Count("select count(*) from authority_setting_change"), 0);
}

}  // namespace
}  // namespace pathways::attendance
