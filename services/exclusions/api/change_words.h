// What changed, as the timeline says it: "length: 10 half days -> 6 half days; reasons: PP -> DB".
#pragma once

#include <string>
#include <vector>

#include "services/exclusions/domain/decisions.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/kind.h"
#include "services/exclusions/store/ledger.h"

namespace pathways::exclusions {

// Codes, days and numbers only. Empty when nothing that is told changed.
std::string FactChanges(const Exclusion& was, const Exclusion& is);
std::string DecisionChanges(const Decisions& was, const Decisions& is);

// What is published about decisions that were not there before; empty: nothing was decided.
std::vector<Happened> WhatWasDecided(const Decisions& was, const Decisions& is);

// Kinds of the timeline's entries.
std::string RecordedKind(Kind kind);
std::string DecidedKind(const std::vector<Happened>& happened);

}  // namespace pathways::exclusions
