#include "services/referrals/api/settings_api.h"

#include "libs/settings/settings_methods.h"
#include "pathways/referrals/v1/settings.pb.h"
#include "services/referrals/store/settings_store.h"

namespace pathways::referrals {

service::Endpoint SettingsEndpoint(const ReferralsParts& parts) {
  service::Endpoint endpoint("pathways.referrals.v1.SettingsService");
  settings::AddSetting<v1::GetDecisionDaysRequest, v1::GetDecisionDaysResponse,
                       v1::SetDecisionDaysRequest, v1::SetDecisionDaysResponse>(
      endpoint, "DecisionDays", {parts.pool, parts.clock, kDecisionDays});
  return endpoint;
}

}  // namespace pathways::referrals
