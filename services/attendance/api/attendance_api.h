// The methods of pathways.attendance.v1.AttendanceService.
#pragma once

#include "libs/education/clock.h"
#include "libs/importing/import_runs.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"
#include "services/attendance/api/register_writer.h"
#include "services/attendance/api/roll_source.h"
#include "services/attendance/store/slots.h"

namespace pathways::attendance {

// What the methods work with. All pointers not null, living as long as the server.
struct AttendanceParts {
  storage::Pool* pool;
  const education::Clock* clock;
  importing::ImportRuns* imports;
  RollSource* rolls;
  RegisterWriter* writer;
  SlotCache* slots;
};

// `parts` must outlive the server.
service::Endpoint AttendanceEndpoint(const AttendanceParts& parts);

// Parts of it, a file each.
void AddImports(service::Endpoint& endpoint, const AttendanceParts& parts);
void AddPupils(service::Endpoint& endpoint, const AttendanceParts& parts);
void AddSchools(service::Endpoint& endpoint, const AttendanceParts& parts);
void AddCrossings(service::Endpoint& endpoint, const AttendanceParts& parts);
void AddExports(service::Endpoint& endpoint, const AttendanceParts& parts);

}  // namespace pathways::attendance
