// The methods of pathways.referrals.v1.SettingsService.
#pragma once

#include "services/referrals/api/referrals_api.h"

namespace pathways::referrals {

// `parts` must outlive the server.
service::Endpoint SettingsEndpoint(const ReferralsParts& parts);

}  // namespace pathways::referrals
