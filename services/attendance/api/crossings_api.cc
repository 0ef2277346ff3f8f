// Crossings as a list.
#include "libs/service/paging.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/attendance/v1/service.pb.h"
#include "services/attendance/api/attendance_api.h"
#include "services/attendance/api/messages.h"
#include "services/attendance/api/request_span.h"

namespace pathways::attendance {
namespace {

using access::Permission;
using service::Call;

absl::StatusOr<CrossingQuery> ReadQuery(const AttendanceParts& parts,
                                        const v1::ListCrossingsRequest& request,
                                        const service::OffsetPage& page) {
  service::FieldViolations wrong;
  const RequestSpan span = ReadSpan(request.from(), request.to(), "", *parts.clock, wrong);
  CrossingQuery query{.from = span.from,
                      .to = span.to,
                      .urn = {},
                      .kind = {},
                      .offset = page.offset,
                      .limit = page.size + 1};
  if (request.urn() != 0) {
    const auto urn = education::Urn::FromInt(request.urn());
    wrong.AddIfError("urn", urn.status());
    if (urn.ok()) query.urn = *urn;
  }
  if (!request.kind().empty()) {
    const auto kind = education::ParseCrossingKind(request.kind());
    wrong.AddIfError("kind", kind.status());
    if (kind.ok()) query.kind = *kind;
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return query;
}

// One entry a pupil: these are children's records, wherever they are listed.
absl::Status RecordReads(storage::Transaction& transaction, const Call& call,
                         const std::vector<CrossingRow>& rows) {
  std::vector<access::AccessEntry> entries;
  for (const CrossingRow& row : rows) {
    entries.push_back({.action = access::Action::kRead,
                       .subject_kind = access::SubjectKind::kPupil,
                       .subject_id = row.pupil.ToString(),
                       .urn = row.urn,
                       .authority = {},
                       .detail = "absence crossing"});
  }
  if (entries.empty()) return absl::OkStatus();
  return access::RecordAccess(transaction, call.AccessContext(), entries);
}

absl::Status List(const AttendanceParts& parts, Call& call, const v1::ListCrossingsRequest& request,
                  v1::ListCrossingsResponse* response) {
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                              {.otherwise = 50, .most = 200});
  if (!page.ok()) return page.status();
  const auto query = ReadQuery(parts, request, *page);
  if (!query.ok()) return query.status();
  const auto size = static_cast<std::size_t>(page->size);
  auto rows = storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(),
      [&](storage::Transaction& transaction) -> absl::StatusOr<std::vector<CrossingRow>> {
        auto found = ListCrossings(transaction, *query);
        if (!found.ok()) return found;
        const std::vector<CrossingRow> shown(
            found->begin(), found->begin() + std::min(std::ssize(*found), page->size));
        if (absl::Status status = RecordReads(transaction, call, shown); !status.ok())
          return status;
        return found;
      });
  if (!rows.ok()) return rows.status();
  if (rows->size() > size) response->set_next_page_token(page->TokenAfter(size));
  for (std::size_t i = 0; i < std::min(rows->size(), size); ++i)
    Fill((*rows)[i], response->add_crossings());
  return absl::OkStatus();
}

}  // namespace

void AddCrossings(service::Endpoint& endpoint, const AttendanceParts& parts) {
  endpoint.Unary<v1::ListCrossingsRequest, v1::ListCrossingsResponse>(
      "ListCrossings", Permission::kReadAttendance,
      [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); });
}

}  // namespace pathways::attendance
