// Rolls (libs/rolls) under this service's names.
#pragma once

#include "libs/rolls/roll.h"

namespace pathways::attendance {

using rolls::Roll;
using rolls::RollMember;

}  // namespace pathways::attendance
