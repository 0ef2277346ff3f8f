// One change of one sitting by one call, and the sitting as its reader may see it.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "pathways/panel/v1/service.pb.h"
#include "services/panel/api/calls.h"
#include "services/panel/store/sitting_store.h"

namespace pathways::panel {

// With members and the agenda, quorum by case.
absl::Status FillWhole(storage::Transaction& transaction, const Sitting& sitting, v1::Sitting* to);

struct SeenSitting {
  const std::string& sitting_id;
  std::int64_t version;
};
// Locks, compares with what the caller saw, works, writes the row and answers. The same call again
// answers without doing it twice.
absl::Status ChangeSitting(const PanelParts& parts, service::Call& call, const SeenSitting& seen,
                           const std::function<absl::Status(storage::Transaction&, Sitting&)>& work,
                           v1::Sitting* response);

}  // namespace pathways::panel
