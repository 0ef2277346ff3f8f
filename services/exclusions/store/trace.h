// The trace of work that is nobody's call.
#pragma once

#include "libs/access/access_log.h"

namespace pathways::exclusions {

using access::BindTrace;

}  // namespace pathways::exclusions
