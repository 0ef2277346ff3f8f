// The methods of pathways.attendance.v1.SettingsService.
#pragma once

#include "libs/events/outbox.h"
#include "services/attendance/api/attendance_api.h"

namespace pathways::attendance {

// All must outlive the server.
service::Endpoint SettingsEndpoint(const AttendanceParts& parts, events::Outbox& outbox);

}  // namespace pathways::attendance
