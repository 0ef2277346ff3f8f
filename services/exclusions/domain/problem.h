// What is wrong with what somebody entered: the field of the facts or decisions, such as
// "start_date", and what to do.
#pragma once

#include "libs/forms/problem.h"

namespace pathways::exclusions {

using forms::Problem;

}  // namespace pathways::exclusions
