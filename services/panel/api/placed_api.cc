#include "services/panel/api/placed_api.h"

#include <algorithm>
#include <span>

#include "pathways/panel/v1/placed.pb.h"
#include "services/panel/api/calls.h"
#include "services/panel/store/placement_counts.h"
#include "services/panel/store/placement_store.h"
#include "services/panel/store/provider_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

void Fill(const education::SessionSums& sums, v1::SessionsThere* to) {
  to->set_possible(sums.possible);
  to->set_attended(sums.attended);
  to->set_authorised(sums.authorised);
  to->set_unauthorised(sums.unauthorised);
}

void Fill(const AttendanceThere& there, v1::GetAttendanceThereResponse* to) {
  to->set_source(static_cast<v1::AttendanceSource>(there.source));
  Fill(there.since_start, to->mutable_since_start());
  Fill(there.last_four_weeks, to->mutable_last_four_weeks());
  to->set_dual_sessions(there.dual_sessions);
  if (there.last_mark) to->set_last_mark(there.last_mark->ToIso());
}

class Placed {
 public:
  explicit Placed(const PlacedParts& parts) : parts_(parts) {}

  absl::Status Count(const Call& call, const v1::GetPlacementCountsRequest&,
                     v1::GetPlacementCountsResponse* response) const {
    const auto counts = Reading(parts_.panel, call, [&](Transaction& transaction) {
      return CountPlacements(transaction, parts_.panel.clock->Today());
    });
    if (!counts.ok()) return counts.status();
    response->set_to_answer(counts->to_answer);
    response->set_offers(counts->offers);
    response->set_starts_overdue(counts->starts_overdue);
    response->set_placed(counts->placed);
    response->set_reviews_overdue(counts->reviews_overdue);
    response->set_plans_in_draft(counts->plans_in_draft);
    response->set_returns_coming(counts->returns_coming);
    response->set_return_reviews_overdue(counts->return_reviews_overdue);
    return absl::OkStatus();
  }

  absl::Status Attendance(const Call& call, const v1::GetAttendanceThereRequest& request,
                          v1::GetAttendanceThereResponse* response) const {
    const auto id = ReadId<PlacementId>("placement_id", request.placement_id());
    if (!id.ok()) return id.status();
    std::optional<education::Urn> own_register;
    const auto placement =
        Reading(parts_.panel, call, [&](Transaction& transaction) -> absl::StatusOr<Placement> {
          auto found = FindPlacement(transaction, *id);
          if (!found.ok()) return found.status();
          own_register = found->receiving;
          if (found->provider) {
            // Who may not see the provider reads the register of the pupil's school.
            const auto provider = FindProvider(transaction, *found->provider);
            if (provider.ok()) own_register = provider->urn;
          }
          auto status =
              RecordReads(transaction, call, std::span(&*found, 1), "attendance at a placement");
          if (!status.ok()) return status;
          return found;
        });
    if (!placement.ok()) return placement.status();
    return Ask(call, *placement, own_register, response);
  }

 private:
  absl::Status Ask(const Call& call, const Placement& placement,
                   const std::optional<education::Urn>& own_register,
                   v1::GetAttendanceThereResponse* response) const {
    const education::Day last = placement.ended_on.value_or(parts_.panel.clock->Today());
    const bool begun =
        placement.state == PlacementState::kStarted || placement.state == PlacementState::kEnded;
    if (!begun || last < placement.start_day) return absl::OkStatus();
    if (!call.caller().May(Permission::kReadAttendance)) {
      response->set_source(v1::ATTENDANCE_SOURCE_NOT_ALLOWED);
      return absl::OkStatus();
    }
    const auto registers =
        parts_.registers.OfPupil(call, placement.pupil, placement.start_day, last);
    if (absl::IsPermissionDenied(registers.status()) || absl::IsNotFound(registers.status())) {
      return absl::OkStatus();
    }
    if (!registers.ok()) {
      response->set_source(v1::ATTENDANCE_SOURCE_NOT_ANSWERING);
      return absl::OkStatus();
    }
    const PlacementSpan span{.home = placement.urn,
                             .own_register = own_register,
                             .days = placement.days,
                             .first = placement.start_day,
                             .last = last};
    Fill(MeasureThere(span, *registers), response);
    return absl::OkStatus();
  }

  const PlacedParts& parts_;
};

}  // namespace

service::Endpoint PlacedEndpoint(const PlacedParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.PlacedService");
  endpoint
      .Unary<v1::GetPlacementCountsRequest, v1::GetPlacementCountsResponse>(
          "GetPlacementCounts", Permission::kReadPlacement,
          [parts](Call& call, const auto& q, auto* r) { return Placed(parts).Count(call, q, r); })
      .Unary<v1::GetAttendanceThereRequest, v1::GetAttendanceThereResponse>(
          "GetAttendanceThere", Permission::kReadPlacement,
          [parts](Call& call, const auto& q, auto* r) {
            return Placed(parts).Attendance(call, q, r);
          });
  return endpoint;
}

}  // namespace pathways::panel
