// Rows of the pupil tables as the domain's values. What the database holds was checked when it was
// written: text it cannot read back is a fault of the program and thrown as BadColumn.
#pragma once

#include <string_view>

#include "libs/storage/rows.h"
#include "services/registry/domain/pupil_plan.h"

namespace pathways::registry {

education::Upn ReadUpn(const storage::Row& row, std::string_view column);
PupilIdentity ReadIdentity(const storage::Row& row);
Characteristics ReadCharacteristics(const storage::Row& row);
Enrolment ReadEnrolment(const storage::Row& row);

}  // namespace pathways::registry
