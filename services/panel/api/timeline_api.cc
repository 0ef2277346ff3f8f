// What happened with a pupil.
#include <optional>
#include <string>
#include <vector>

#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using education::PupilId;
using service::Call;
using storage::Transaction;

// The school is that of the newest entry; a timeline of which nothing may be seen is no record of
// the child.
absl::Status RecordRead(Transaction& transaction, const Call& call, const PupilId& pupil,
                        const std::vector<TimelineEntry>& entries) {
  if (entries.empty()) return absl::OkStatus();
  const access::AccessEntry entry{access::Action::kRead, access::SubjectKind::kPupil,
                                  pupil.ToString(),      entries.front().urn,
                                  std::nullopt,          "timeline"};
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
}

absl::Status List(const PanelParts& parts, const Call& call, const v1::ListTimelineRequest& request,
                  v1::ListTimelineResponse* response) {
  const auto pupil = ReadId<PupilId>("pupil_id", request.pupil_id());
  if (!pupil.ok()) return pupil.status();
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(), kPage);
  if (!page.ok()) return page.status();
  auto found = Reading(
      parts, call, [&](Transaction& transaction) -> absl::StatusOr<std::vector<TimelineEntry>> {
        // One more than asked for tells whether there is another page.
        auto entries = ReadTimeline(transaction, *pupil, page->offset, page->size + 1);
        if (!entries.ok()) return entries.status();
        if (auto status = RecordRead(transaction, call, *pupil, *entries); !status.ok())
          return status;
        return entries;
      });
  if (!found.ok()) return found.status();
  const bool more = found->size() > static_cast<std::size_t>(page->size);
  if (more) found->pop_back();
  for (const TimelineEntry& entry : *found) Fill(entry, response->add_entries());
  if (more) response->set_next_page_token(page->TokenAfter(found->size()));
  return absl::OkStatus();
}

}  // namespace

void AddTimeline(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint.Unary<v1::ListTimelineRequest, v1::ListTimelineResponse>(
      "ListTimeline", Permission::kReadPanel,
      [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); });
}

}  // namespace pathways::panel
