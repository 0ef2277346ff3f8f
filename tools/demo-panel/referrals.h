// What schools of the demonstration borough wrote to the panel. All invented.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "pathways/panel/v1/service.pb.h"
#include "tools/demo-calls/calls.h"

namespace pathways::demo_panel {

using demo::Asked;

class Referrals {
 public:
  Referrals(const Asked& registry, const Asked& panel) : registry_(registry), panel_(panel) {}

  // Fills in cases that lack something, but the last of them: one that waits for its school is
  // there to be seen, too.
  absl::Status Complete(const std::vector<panel::v1::PanelCase>& cases) const;
  // Cases of pupils at risk, referred by an officer.
  absl::Status Add() const;

 private:
  // Of that year group where there is one among the first.
  absl::StatusOr<std::string> PupilOf(int urn, std::string_view year_group) const;
  absl::Status AddOf(const std::string& pupil_id, int urn, int number, std::size_t story) const;
  absl::StatusOr<panel::v1::PanelCase> Write(panel::v1::PanelCase panel_case,
                                             std::size_t story) const;

  const Asked& registry_;
  const Asked& panel_;
};

}  // namespace pathways::demo_panel
