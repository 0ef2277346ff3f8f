// Which cases a sitting takes, in which order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/panel/domain/sitting.h"

namespace pathways::panel {

// A case that waits for a sitting, or is on an agenda.
struct Candidate {
  CaseId id;
  std::optional<education::Day> due = {};  // of the statutory clock
  education::Instant referred_at = {};
};

// The order of the statutory clock: earliest due first, those without a clock after them, longest
// waiting first among equals.
bool EarlierByClock(const Candidate& a, const Candidate& b);

// Those of `waiting` that an agenda with `taken` cases takes by itself, in the order of the clock.
// None after the papers day: the members could not read them.
std::vector<Candidate> WhatFits(const Sitting& sitting, int taken, std::vector<Candidate> waiting,
                                education::Day today);

// INVALID_ARGUMENT naming case_ids unless `wanted` is `present` in another order.
absl::Status CheckOrder(const std::vector<CaseId>& present, const std::vector<CaseId>& wanted);

// Whether the clerk may put this case on that agenda. FAILED_PRECONDITION in words.
absl::Status CheckCanTake(const Sitting& sitting, int taken, const PanelCase& panel_case);

}  // namespace pathways::panel
