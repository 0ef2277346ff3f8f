#include "services/attendance/api/timeline_api.h"

#include <algorithm>
#include <vector>

#include "libs/service/paging.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/attendance/v1/timeline.pb.h"
#include "services/attendance/api/messages.h"
#include "services/attendance/store/crossing_store.h"

namespace pathways::attendance {
namespace {

using education::Day;
using education::PupilId;
using service::Call;
using storage::Transaction;

// Before and after every day there can be.
const Day kFirst(std::chrono::year(1900) / 1 / 1);
const Day kLast(std::chrono::year(2199) / 12 / 31);

void Fill(const CrossingRow& from, v1::TimelineEntry* to) {
  const EnrolmentCrossing& crossing = from.crossing;
  const bool unauthorised = crossing.kind == education::CrossingKind::kUnauthorised;
  to->set_at(education::InstantToString(education::StartOfLondonDay(crossing.day)));
  to->set_kind(std::string(education::ToString(crossing.kind)));
  to->set_urn(from.urn.value());
  to->set_day(crossing.day.ToIso());
  to->set_sessions_possible(crossing.possible);
  to->set_sessions_absent(unauthorised ? crossing.unauthorised : crossing.absent);
}

// A timeline of which nothing may be seen is no record of the child.
absl::Status RecordRead(Transaction& transaction, const Call& call, const PupilId& pupil,
                        const std::vector<CrossingRow>& crossings) {
  if (crossings.empty()) return absl::OkStatus();
  const access::AccessEntry entry{.action = access::Action::kRead,
                                  .subject_kind = access::SubjectKind::kPupil,
                                  .subject_id = pupil.ToString(),
                                  .urn = crossings.front().urn,
                                  .authority = std::nullopt,
                                  .detail = "timeline of attendance"};
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
}

absl::Status List(const AttendanceParts& parts, const Call& call,
                  const v1::ListTimelineRequest& request, v1::ListTimelineResponse* response) {
  const auto pupil = service::ReadId<PupilId>("pupil_id", request.pupil_id());
  if (!pupil.ok()) return pupil.status();
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                              {.otherwise = 50, .most = 200});
  if (!page.ok()) return page.status();
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) -> absl::Status {
        // A pupil has a few a year: cut here, not in the query.
        const auto crossings = ListPupilCrossings(transaction, *pupil, kFirst, kLast);
        if (!crossings.ok()) return crossings.status();
        auto recorded = RecordRead(transaction, call, *pupil, *crossings);
        if (!recorded.ok()) return recorded;
        response->Clear();
        const auto total = static_cast<std::int64_t>(crossings->size());
        const std::int64_t end = std::min(total, page->offset + page->size);
        for (std::int64_t i = page->offset; i < end; ++i) {
          Fill((*crossings)[static_cast<std::size_t>(i)], response->add_entries());
        }
        const auto shown = static_cast<std::size_t>(response->entries_size());
        response->set_next_page_token(page->NextToken(shown, total));
        return absl::OkStatus();
      });
}

}  // namespace

service::Endpoint TimelineEndpoint(const AttendanceParts& parts) {
  service::Endpoint endpoint("pathways.attendance.v1.TimelineService");
  endpoint.Unary<v1::ListTimelineRequest, v1::ListTimelineResponse>(
      "ListTimeline", access::Permission::kReadAttendance,
      [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); });
  return endpoint;
}

}  // namespace pathways::attendance
