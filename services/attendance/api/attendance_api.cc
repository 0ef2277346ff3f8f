#include "services/attendance/api/attendance_api.h"

#include "libs/service/access_history.h"

namespace pathways::attendance {

service::Endpoint AttendanceEndpoint(const AttendanceParts& parts) {
  service::Endpoint endpoint("pathways.attendance.v1.AttendanceService");
  AddImports(endpoint, parts);
  AddPupils(endpoint, parts);
  AddSchools(endpoint, parts);
  AddCrossings(endpoint, parts);
  AddExports(endpoint, parts);
  service::AddAccessHistory(endpoint, *parts.pool, "attendance");
  return endpoint;
}

}  // namespace pathways::attendance
