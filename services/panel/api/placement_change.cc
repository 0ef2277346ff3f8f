#include "services/panel/api/placement_change.h"

#include "services/panel/api/messages.h"

namespace pathways::panel {

using storage::Transaction;

absl::Status FillWhole(Transaction& transaction, const Placement& placement, v1::Placement* to) {
  const auto reviews = ReadReviews(transaction, placement.id);
  if (!reviews.ok()) return reviews.status();
  to->Clear();
  Fill(placement, to);
  for (const Review& review : *reviews) Fill(review, to->add_reviews());
  return absl::OkStatus();
}

absl::Status ChangePlacement(const PanelParts& parts, service::Call& call,
                             const SeenPlacement& seen, std::string_view detail,
                             const std::function<absl::Status(PlacementChange&)>& work,
                             v1::Placement* response) {
  const auto id = ReadId<PlacementId>("placement_id", seen.placement_id);
  if (!id.ok()) return id.status();
  return Writing(parts, call, [&](Transaction& transaction) -> absl::Status {
    const std::string& person = transaction.scope().person;
    auto placement = LockPlacement(transaction, *id);
    if (!placement.ok()) return placement.status();
    const auto compared = CompareVersion(*placement, seen.version, call, person, "The placement");
    if (!compared.ok()) return compared.status();
    if (*compared == Seen::kCurrent) {
      Stamp(*placement, parts.clock->Now(), person, call.request_id());
      PlacementChange change(transaction, *placement);
      if (auto status = work(change); !status.ok()) return status;
      const Pen pen = PenOf(parts, call, placement->origin_trace_id);
      if (auto status = change.Write(pen, detail); !status.ok()) return status;
      placement = FindPlacement(transaction, *id);
      if (!placement.ok()) return placement.status();
    }
    return FillWhole(transaction, *placement, response);
  });
}

}  // namespace pathways::panel
