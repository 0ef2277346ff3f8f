#include "services/attendance/api/settings_api.h"

#include "libs/settings/settings_methods.h"
#include "pathways/attendance/v1/settings.pb.h"
#include "services/attendance/store/minimum_sessions.h"
#include "services/attendance/store/school_rework.h"

namespace pathways::attendance {

service::Endpoint SettingsEndpoint(const AttendanceParts& parts, events::Outbox& outbox) {
  const auto rework = [&parts, &outbox](storage::Transaction& transaction,
                                        const service::Call& call,
                                        education::LaCode la_code) -> absl::Status {
    const auto schools = SchoolsToRework(transaction, {}, {la_code});
    if (!schools.ok()) return schools.status();
    return Rework(transaction,
                  {.slots = parts.slots,
                   .outbox = &outbox,
                   .access = call.AccessContext(),
                   .detail = "crossings, after a change of the minimum of sessions",
                   .traceparent = call.trace().ToTraceparent()},
                  *schools);
  };
  service::Endpoint endpoint("pathways.attendance.v1.SettingsService");
  settings::AddSetting<v1::GetMinimumSessionsRequest, v1::GetMinimumSessionsResponse,
                       v1::SetMinimumSessionsRequest, v1::SetMinimumSessionsResponse>(
      endpoint, "MinimumSessions", {parts.pool, parts.clock, kMinimumSessions, rework});
  return endpoint;
}

}  // namespace pathways::attendance
