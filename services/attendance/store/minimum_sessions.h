// How many possible sessions there must be before absence is called persistent or severe.
#pragma once

#include "libs/education/absence_state.h"
#include "libs/settings/settings_store.h"

namespace pathways::attendance {

// Usual: see absence_state.h.
inline constexpr settings::Setting kMinimumSessions{
    .name = "minimum_possible_sessions",
    .usual = education::kDefaultMinimumPossibleSessions,
    .least = 1,
    .most = 400};

}  // namespace pathways::attendance
