// The methods of pathways.attendance.v1.TimelineService.
#pragma once

#include "services/attendance/api/attendance_api.h"

namespace pathways::attendance {

// `parts` must outlive the server.
service::Endpoint TimelineEndpoint(const AttendanceParts& parts);

}  // namespace pathways::attendance
