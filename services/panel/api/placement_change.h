// One change of one placement by one call.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "pathways/panel/v1/service.pb.h"
#include "services/panel/api/calls.h"
#include "services/panel/store/placement_store.h"

namespace pathways::panel {

// With its reviews.
absl::Status FillWhole(storage::Transaction& transaction, const Placement& placement,
                       v1::Placement* to);

struct SeenPlacement {
  const std::string& placement_id;
  std::int64_t version;
};
// Locks, compares with what the caller saw, works, writes and answers. The same call again answers
// without doing it twice. `detail` is for the access log.
absl::Status ChangePlacement(const PanelParts& parts, service::Call& call,
                             const SeenPlacement& seen, std::string_view detail,
                             const std::function<absl::Status(PlacementChange&)>& work,
                             v1::Placement* response);

}  // namespace pathways::panel
