// What exclusions make of a register.
#pragma once

#include <span>
#include <vector>

#include "libs/education/school_calendar.h"
#include "tools/demo/attendance.h"
#include "tools/demo/exclusion.h"

namespace pathways::demo {

// Marks the sessions missed: E on the first five school days of a run, then B where the school and
// K where the authority (a permanent exclusion) arranges provision from day six. Suspensions back
// to back are one run; a lunchtime leaves the register alone. `exclusions`: those of one child at
// one school, in order of start.
void MarkExclusions(std::span<const Exclusion* const> exclusions,
                    const education::SchoolCalendar& calendar, std::vector<DayMarks>& marks);

}  // namespace pathways::demo
