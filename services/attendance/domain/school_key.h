// A school and its authority, under this service's names.
#pragma once

#include "libs/education/school_key.h"

namespace pathways::attendance {

using education::SchoolKey;

}  // namespace pathways::attendance
