// The methods of pathways.attendance.v1.ComparisonService.
#pragma once

#include "services/attendance/api/attendance_api.h"

namespace pathways::attendance {

// `parts` must outlive the server.
service::Endpoint ComparisonEndpoint(const AttendanceParts& parts);

}  // namespace pathways::attendance
