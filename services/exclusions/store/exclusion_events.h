// What is published: exclusions' figures, and dates that moved, come near or passed.
#pragma once

#include <optional>
#include <string>

#include "libs/education/clock.h"
#include "libs/events/envelope.h"
#include "services/exclusions/domain/moves.h"
#include "services/exclusions/store/ledger.h"

namespace pathways::exclusions {

// Each takes the exclusion's next event version.
events::NewEvent MakeHappenedEvent(LedgerEntry& entry, Happened happened, education::Instant at);
events::NewEvent MakeMovedEvent(LedgerEntry& entry, const Move& move, education::Instant at);
events::NewEvent MakeApproachingEvent(LedgerEntry& entry, const StepRow& step,
                                      education::Instant at);
events::NewEvent MakeMissedEvent(LedgerEntry& entry, const StepRow& step, education::Instant at);

// What Pathways did itself has no person.
std::string PersonIn(const std::string& person);

}  // namespace pathways::exclusions
