// Requests as those who may see them read them.
#include <optional>
#include <string>

#include "libs/service/paging.h"
#include "services/referrals/api/calls.h"
#include "services/referrals/api/messages.h"
#include "services/referrals/api/request_change.h"
#include "services/referrals/store/request_store.h"
#include "services/referrals/store/work_counts.h"

namespace pathways::referrals {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

absl::Status Get(const ReferralsParts& parts, const Call& call,
                 const v1::GetRequestRequest& request, v1::GetRequestResponse* response) {
  const auto id = ReadId<RequestId>("request_id", request.request_id());
  if (!id.ok()) return id.status();
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto found = FindRequest(transaction, *id);
    if (!found.ok()) return found.status();
    auto status = FillWhole(transaction, *found, parts.clock->Today(), response->mutable_request());
    if (!status.ok()) return status;
    return RecordReads(transaction, call, std::span(&*found, 1), "Early Help request");
  });
}

template <typename Id>
void ReadOptional(std::string_view field, const std::string& text, std::optional<Id>& id,
                  service::FieldViolations& wrong) {
  if (text.empty()) return;
  const auto parsed = Id::Parse(text);
  wrong.AddIfError(field, parsed.status());
  if (parsed.ok()) id = *parsed;
}

absl::StatusOr<RequestFilter> ReadFilter(const v1::ListRequestsRequest& request,
                                         education::Day today) {
  service::FieldViolations wrong;
  RequestFilter filter{
      .states = {}, .urn = request.urn(), .overdue = request.overdue(), .today = today};
  for (const int number : request.states()) {
    const auto state = FromMessage(static_cast<v1::RequestState>(number));
    if (state) {
      filter.states.push_back(*state);
    } else {
      wrong.Add("states", "Name states, or leave them out for all");
    }
  }
  ReadOptional("worker_id", request.worker_id(), filter.worker, wrong);
  ReadOptional("pupil_id", request.pupil_id(), filter.pupil, wrong);
  if (!wrong.empty()) return wrong.ToStatus();
  return filter;
}

absl::Status List(const ReferralsParts& parts, const Call& call,
                  const v1::ListRequestsRequest& request, v1::ListRequestsResponse* response) {
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                              {.otherwise = 50, .most = 200});
  if (!page.ok()) return page.status();
  auto filter = ReadFilter(request, parts.clock->Today());
  if (!filter.ok()) return filter.status();
  filter->offset = page->offset;
  filter->limit = page->size;
  const auto found =
      Reading(parts, call, [&](Transaction& transaction) -> absl::StatusOr<RequestPage> {
        auto requests = ListRequests(transaction, *filter);
        if (!requests.ok()) return requests.status();
        auto status =
            RecordReads(transaction, call, requests->requests, "Early Help request in a list");
        if (!status.ok()) return status;
        return requests;
      });
  if (!found.ok()) return found.status();
  for (const Request& one : found->requests) Fill(one, response->add_requests());
  response->set_total(found->total);
  response->set_next_page_token(page->NextToken(found->requests.size(), found->total));
  return absl::OkStatus();
}

absl::Status Count(const ReferralsParts& parts, const Call& call,
                   v1::GetWorkCountsResponse* response) {
  const auto counts = Reading(parts, call, [&](Transaction& transaction) {
    return CountWork(transaction, parts.clock->Today());
  });
  if (!counts.ok()) return counts.status();
  response->set_proposals_open(counts->proposals_open);
  response->set_proposals_severe(counts->proposals_severe);
  response->set_drafts(counts->drafts);
  response->set_submitted(counts->submitted);
  response->set_overdue(counts->overdue);
  response->set_more_asked(counts->more_asked);
  response->set_unallocated(counts->unallocated);
  response->set_mine(counts->mine);
  return absl::OkStatus();
}

}  // namespace

void AddRequests(service::Endpoint& endpoint, const ReferralsParts& parts) {
  endpoint
      .Unary<v1::GetRequestRequest, v1::GetRequestResponse>(
          "GetRequest", Permission::kReadRequest,
          [&parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); })
      .Unary<v1::ListRequestsRequest, v1::ListRequestsResponse>(
          "ListRequests", Permission::kReadRequest,
          [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); })
      .Unary<v1::GetWorkCountsRequest, v1::GetWorkCountsResponse>(
          "GetWorkCounts", Permission::kReadRequest,
          [&parts](Call& call, const auto&, auto* r) { return Count(parts, call, r); });
}

}  // namespace pathways::referrals
