// The counting of school days (libs/education) under this service's names.
#pragma once

#include "libs/education/counting.h"

namespace pathways::exclusions {

using education::Count;
using education::CountedDay;
using education::CountedTo;
using education::Counting;
using education::Recount;
using education::TellDays;

}  // namespace pathways::exclusions
