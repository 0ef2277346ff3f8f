// A case as its reader may see it.
#pragma once

#include "absl/status/status.h"
#include "pathways/panel/v1/service.pb.h"
#include "services/panel/api/calls.h"

namespace pathways::panel {

// With pages, what is missing, and facts, where the reader works on the case. Part of a transaction
// of the reader's.
absl::Status FillWhole(storage::Transaction& transaction, const PanelCase& panel_case,
                       education::Day today, v1::PanelCase* to);

// Reads it again and answers it; after a change was committed.
absl::Status AnswerCase(const PanelParts& parts, const service::Call& call, const CaseId& id,
                        v1::PanelCase* to);

}  // namespace pathways::panel
