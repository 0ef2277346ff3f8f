#include "libs/service/access_history.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "libs/access/access_log.h"
#include "libs/education/identifiers.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/common/v1/access.pb.h"

namespace pathways::service {
namespace {

using common::v1::AccessEntry;
using common::v1::ListAccessHistoryRequest;
using common::v1::ListAccessHistoryResponse;

constexpr int kUsualPage = 50;
constexpr int kLargestPage = 200;

void Fill(const access::AccessRecord& record, const std::string& service, AccessEntry* to) {
  to->set_at(education::InstantToString(record.at));
  to->set_person_id(record.person);
  to->set_role(record.role);
  to->set_action(record.action + (record.entry.detail.empty() ? "" : ": " + record.entry.detail));
  to->set_purpose(record.purpose);
  to->set_urn(record.entry.urn ? record.entry.urn->value() : 0);
  to->set_trace_id(record.trace_id);
  to->set_service(service);
}

absl::Status List(Call& call, storage::Pool& pool, const std::string& service,
                  const ListAccessHistoryRequest& request, ListAccessHistoryResponse* response) {
  FieldViolations wrong;
  const auto pupil = education::PupilId::Parse(request.pupil_id());
  wrong.AddIfError("pupil_id", pupil.status());
  std::int64_t before = 0;
  if (!request.page_token().empty() && !absl::SimpleAtoi(request.page_token(), &before)) {
    wrong.Add("page_token", "Send the token of the last answer, or none");
  }
  if (request.page_size() < 0 || request.page_size() > kLargestPage)
    wrong.Add("page_size", "Ask for 1 to 200 rows, or 0");
  if (!wrong.empty()) return wrong.ToStatus();
  const int size = request.page_size() == 0 ? kUsualPage : request.page_size();
  auto page = storage::RunInTransaction(
      pool, call.caller().ToRowScope(), call.deadline(), [&](storage::Transaction& transaction) {
        return access::ReadHistory(transaction, access::SubjectKind::kPupil, pupil->ToString(),
                                   before, size);
      });
  if (!page.ok()) return page.status();
  for (const access::AccessRecord& record : page->records)
    Fill(record, service, response->add_entries());
  if (page->next != 0) response->set_next_page_token(std::to_string(page->next));
  return absl::OkStatus();
}

}  // namespace

void AddAccessHistory(Endpoint& endpoint, storage::Pool& pool, std::string service) {
  endpoint.Unary<ListAccessHistoryRequest, ListAccessHistoryResponse>(
      "ListAccessHistory", access::Permission::kReadAccessHistory,
      [&pool, service = std::move(service)](Call& call, const auto& request, auto* response) {
        return List(call, pool, service, request, response);
      });
}

}  // namespace pathways::service
