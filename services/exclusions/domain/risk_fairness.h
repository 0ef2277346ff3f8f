// The audit as it may be shown. Who works with the cases sees every number; everybody else sees
// none that is small or would tell a small one.
//
// What they see of a grouping is one table of its groups by proposed or not and excluded later or
// not, suppressed as suppression.h does it. Where that hides a total, the whole grouping is kept
// back: the totals of all groupings are the same, so another grouping would bring it back. How many
// were permanently excluded is never told them: such numbers are always small.
#pragma once

#include <string>
#include <vector>

#include "services/exclusions/domain/risk_year.h"

namespace pathways::exclusions {

struct FairnessHidden {
  bool pupils = false;
  bool proposed = false;
  bool excluded_later = false;
  bool permanently_excluded_later = false;
  bool proposed_and_excluded = false;

  friend bool operator==(const FairnessHidden&, const FairnessHidden&) = default;
};

struct FairnessGroup {
  std::string value;
  FairnessCounts counts;
  FairnessHidden hidden = {};
};

struct FairnessTable {
  Grouping grouping;
  std::vector<FairnessGroup> groups;  // by value
};

struct Fairness {
  FairnessGroup all;
  std::vector<FairnessTable> tables;  // one a grouping, in their order
};

Fairness MakeFairness(const FairnessAudit& audit, bool casework);

}  // namespace pathways::exclusions
