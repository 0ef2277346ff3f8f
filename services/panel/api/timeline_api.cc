// What happened with a pupil.
#include "libs/service/timeline.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {

void AddTimeline(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint.Unary<v1::ListTimelineRequest, v1::ListTimelineResponse>(
      "ListTimeline", access::Permission::kReadPanel,
      [&parts](service::Call& call, const auto& request, auto* response) {
        return service::ListTimeline(*parts.pool, ReadingScope(call), call, request, response,
                                     "timeline", ReadTimeline,
                                     [](const TimelineEntry& entry, auto* to) { Fill(entry, to); });
      });
}

}  // namespace pathways::panel
