// The panels of the demonstration borough and their sittings: one under way, others to come, with
// cases on their agendas. All invented.
#pragma once

#include "absl/status/status.h"
#include "libs/education/day.h"
#include "tools/demo-calls/calls.h"

namespace pathways::demo_panel {

using demo::Asked;

// Makes them over the same calls as the pages; says what it made. A borough that has sittings
// already is left as it is. Waits for the cases that permanent exclusions open: they come by
// events.
//
// Nothing is signed off: that is the chair's to do, and no sitting lies in the past, because
// Pathways lets nobody enter one.
absl::Status LoadCalendar(const Asked& registry, const Asked& panel, education::Day today);

}  // namespace pathways::demo_panel
