// Agendas fill themselves: by the statutory clock, up to capacity, until the papers go out.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/panel/api/calls.h"
#include "services/panel/store/sitting_store.h"

namespace pathways::panel {

// Fills one sitting, which is locked. The number of cases taken on. Cases get `pen`'s access
// context and the trace of what each came from.
absl::StatusOr<int> FillSitting(const PanelParts& parts, storage::Transaction& transaction,
                                const Sitting& sitting, const access::AccessContext& access);

// Puts the case on the agenda: row, event, timeline. The case is locked.
absl::Status TakeOn(const PanelParts& parts, storage::Transaction& transaction,
                    const Sitting& sitting, PanelCase& panel_case, std::string_view added_by,
                    const access::AccessContext& access);

// Fills the coming sittings of an authority and phase, on nobody's behalf, after what made a case
// ready was committed. What fails is logged, and made good by the next filling: the case waits.
void FillSittings(const PanelParts& parts, const service::Call& call, education::LaCode la_code,
                  Phase phase);

}  // namespace pathways::panel
