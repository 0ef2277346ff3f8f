// Where rolls and calendars come from (libs/rolls), under this service's names.
#pragma once

#include "libs/rolls/roll_source.h"
#include "services/attendance/domain/roll.h"

namespace pathways::attendance {

using rolls::RollSource;
using rolls::RollVersions;
using rolls::VisibleSchools;

}  // namespace pathways::attendance
