// Facts that Pathways puts into a case when it is started.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "services/panel/api/calls.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {

struct Prefilled {
  PupilFacts pupil;
  std::vector<Fact> facts;
};
// What registry refuses, refuses the case. What the others cannot tell is left out, counted
// (panel_facts_missing_total) and shown as missing.
absl::StatusOr<Prefilled> Prefill(const PanelParts& parts, const service::Call& call,
                                  const education::PupilId& pupil, education::Urn urn);

}  // namespace pathways::panel
