// Panels and sittings as those who may see them read them.
#include <string>
#include <vector>

#include "services/panel/api/messages.h"
#include "services/panel/api/sitting_change.h"
#include "services/panel/store/agenda_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

absl::Status Panels(const PanelParts& parts, const Call& call, v1::ListPanelsResponse* response) {
  const auto panels =
      Reading(parts, call, [](Transaction& transaction) { return ListPanels(transaction); });
  if (!panels.ok()) return panels.status();
  for (const Panel& panel : *panels) Fill(panel, response->add_panels());
  return absl::OkStatus();
}

absl::Status Get(const PanelParts& parts, const Call& call, const v1::GetSittingRequest& request,
                 v1::GetSittingResponse* response) {
  const auto id = ReadId<SittingId>("sitting_id", request.sitting_id());
  if (!id.ok()) return id.status();
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto sitting = FindSitting(transaction, *id);
    if (!sitting.ok()) return sitting.status();
    auto status = FillWhole(transaction, *sitting, response->mutable_sitting());
    if (!status.ok()) return status;
    const auto agenda = ReadAgenda(transaction, *id);
    if (!agenda.ok()) return agenda.status();
    std::vector<PanelCase> seen;
    for (const AgendaItem& item : *agenda) seen.push_back(item.panel_case);
    return RecordReads(transaction, call, seen, "panel case on an agenda");
  });
}

absl::StatusOr<SittingFilter> ReadFilter(const v1::ListSittingsRequest& request) {
  FieldReader read;
  SittingFilter filter;
  for (const int number : request.states()) {
    const auto state = FromMessage<kSittingStateNames>(number);
    if (state) {
      filter.states.push_back(*state);
    } else {
      read.wrong().Add("states", "Name states, or leave them out for all");
    }
  }
  if (const auto phase = FromMessage<kPhaseNames>(request.phase())) {
    filter.phase = std::string(kPhaseNames.Of(*phase));
  }
  filter.from = read.OptionalDay("from_day", request.from_day());
  if (!read.good()) return read.status();
  return filter;
}

absl::Status List(const PanelParts& parts, const Call& call, const v1::ListSittingsRequest& request,
                  v1::ListSittingsResponse* response) {
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(), kPage);
  if (!page.ok()) return page.status();
  auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  filter->offset = page->offset;
  filter->limit = page->size;
  const auto found = Reading(
      parts, call, [&](Transaction& transaction) { return ListSittings(transaction, *filter); });
  if (!found.ok()) return found.status();
  for (const Sitting& one : found->sittings) Fill(one, response->add_sittings());
  response->set_total(found->total);
  response->set_next_page_token(page->NextToken(found->sittings.size(), found->total));
  return absl::OkStatus();
}

}  // namespace

void AddSittingReading(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::ListPanelsRequest, v1::ListPanelsResponse>(
          "ListPanels", Permission::kReadPanel,
          [&parts](Call& call, const auto&, auto* r) { return Panels(parts, call, r); })
      .Unary<v1::GetSittingRequest, v1::GetSittingResponse>(
          "GetSitting", Permission::kReadPanel,
          [&parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); })
      .Unary<v1::ListSittingsRequest, v1::ListSittingsResponse>(
          "ListSittings", Permission::kReadPanel,
          [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); });
}

}  // namespace pathways::panel
