// What happened with a pupil.
#include "libs/service/timeline.h"
#include "services/referrals/api/calls.h"
#include "services/referrals/api/messages.h"
#include "services/referrals/store/timeline_store.h"

namespace pathways::referrals {

void AddTimeline(service::Endpoint& endpoint, const ReferralsParts& parts) {
  endpoint.Unary<v1::ListTimelineRequest, v1::ListTimelineResponse>(
      "ListTimeline", access::Permission::kReadRequest,
      [&parts](service::Call& call, const auto& request, auto* response) {
        return service::ListTimeline(*parts.pool, ReadingScope(call), call, request, response,
                                     "timeline", ReadTimeline,
                                     [](const TimelineEntry& entry, auto* to) { Fill(entry, to); });
      });
}

}  // namespace pathways::referrals
