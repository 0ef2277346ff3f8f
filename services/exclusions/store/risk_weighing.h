// Weighs pupils' facts and writes what follows: proposals made, followed, lapsed; their events;
// when to look again. The one way, whatever changed: an exclusion, a register, the registry,
// support, the authority's weights, or only the day.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/education/identifiers.h"
#include "libs/events/outbox.h"
#include "libs/storage/transaction.h"

namespace pathways::exclusions {

struct Weighing {
  events::Outbox* outbox = nullptr;
  education::IdSource* ids = nullptr;
  education::Instant now;
  education::Day today;
  std::string traceparent = {};
};

// The caller holds LockWeighing and sees all rows; the transaction's person is the one who acts.
absl::Status WeighPupils(storage::Transaction& transaction,
                         const std::vector<education::PupilId>& pupils, const Weighing& weighing);

}  // namespace pathways::exclusions
