// Cases as those who may see them read them.
#include <string>

#include "services/panel/api/case_answer.h"
#include "services/panel/api/messages.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/work_counts.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

absl::Status Get(const PanelParts& parts, const Call& call, const v1::GetCaseRequest& request,
                 v1::GetCaseResponse* response) {
  const auto id = ReadId<CaseId>("case_id", request.case_id());
  if (!id.ok()) return id.status();
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto found = FindCase(transaction, *id);
    if (!found.ok()) return found.status();
    auto status =
        FillWhole(transaction, *found, parts.clock->Today(), response->mutable_panel_case());
    if (!status.ok()) return status;
    return RecordReads(transaction, call, std::span(&*found, 1), "panel case");
  });
}

absl::StatusOr<CaseFilter> ReadFilter(const v1::ListCasesRequest& request) {
  FieldReader read;
  CaseFilter filter{.states = {}, .urn = request.urn(), .incomplete = request.incomplete()};
  for (const int number : request.states()) {
    const auto state = FromMessage<kCaseStateNames>(number);
    if (state) {
      filter.states.push_back(*state);
    } else {
      read.wrong().Add("states", "Name states, or leave them out for all");
    }
  }
  if (const auto phase = FromMessage<kPhaseNames>(request.phase())) {
    filter.phase = std::string(kPhaseNames.Of(*phase));
  }
  if (const auto origin = FromMessage<kOriginNames>(request.origin())) {
    filter.origin = std::string(kOriginNames.Of(*origin));
  }
  filter.pupil = read.Optional<education::PupilId>("pupil_id", request.pupil_id());
  filter.exclusion = read.Optional<ExclusionId>("exclusion_id", request.exclusion_id());
  if (!read.good()) return read.status();
  return filter;
}

absl::Status List(const PanelParts& parts, const Call& call, const v1::ListCasesRequest& request,
                  v1::ListCasesResponse* response) {
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(), kPage);
  if (!page.ok()) return page.status();
  auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  filter->offset = page->offset;
  filter->limit = page->size;
  const auto found =
      Reading(parts, call, [&](Transaction& transaction) -> absl::StatusOr<CasePage> {
        auto cases = ListCases(transaction, *filter);
        if (!cases.ok()) return cases.status();
        auto status = RecordReads(transaction, call, cases->cases, "panel case in a list");
        if (!status.ok()) return status;
        return cases;
      });
  if (!found.ok()) return found.status();
  for (const PanelCase& one : found->cases) Fill(one, response->add_cases());
  response->set_total(found->total);
  response->set_next_page_token(page->NextToken(found->cases.size(), found->total));
  return absl::OkStatus();
}

absl::Status Count(const PanelParts& parts, const Call& call, v1::GetWorkCountsResponse* response) {
  const auto counts = Reading(parts, call, [&](Transaction& transaction) {
    return CountWork(transaction, parts.clock->Today());
  });
  if (!counts.ok()) return counts.status();
  response->set_drafts(counts->drafts);
  response->set_referred(counts->referred);
  response->set_incomplete(counts->incomplete);
  response->set_overdue(counts->overdue);
  response->set_scheduled(counts->scheduled);
  response->set_unplaced(counts->unplaced);
  response->set_offers(counts->offers);
  response->set_placed(counts->placed);
  response->set_reviews_overdue(counts->reviews_overdue);
  response->set_my_actions(counts->my_actions);
  response->set_actions_overdue(counts->actions_overdue);
  response->set_packs_unread(counts->packs_unread);
  return absl::OkStatus();
}

}  // namespace

void AddCaseReading(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::GetCaseRequest, v1::GetCaseResponse>(
          "GetCase", Permission::kReadPanel,
          [&parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); })
      .Unary<v1::ListCasesRequest, v1::ListCasesResponse>(
          "ListCases", Permission::kReadPanel,
          [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); })
      .Unary<v1::GetWorkCountsRequest, v1::GetWorkCountsResponse>(
          "GetWorkCounts", Permission::kReadPanel,
          [&parts](Call& call, const auto&, auto* r) { return Count(parts, call, r); });
}

}  // namespace pathways::panel
