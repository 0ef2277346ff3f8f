// A case that is opened by what happened elsewhere: referred at once, complete or not.
#pragma once

#include "absl/status/status.h"
#include "libs/education/id_source.h"
#include "services/panel/store/change.h"

namespace pathways::panel {

// Writes the case under a reference nobody has, with its event, timeline and access log, in as few
// statements as that takes: an exclusion's case is waited for. `made` carries all but the reference
// and, where the school's is meant, the phase. Does nothing when its exclusion or its source has a
// case already.
absl::Status OpenCase(storage::Transaction& transaction, PanelCase& made, const Pen& pen,
                      education::IdSource& ids);

}  // namespace pathways::panel
