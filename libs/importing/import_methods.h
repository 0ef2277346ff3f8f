// The methods beside an import stream by which people follow a long file: progress, list, refused
// rows.
#pragma once

#include <string_view>
#include <utility>

#include "libs/access/permission.h"
#include "libs/importing/import_runs.h"
#include "libs/service/endpoint.h"
#include "libs/service/paging.h"

namespace pathways::importing {

struct FollowedImports {
  ImportRuns* runs;  // must outlive the endpoint
  std::string_view kind;
  access::Permission permission;  // the stream's own
};

inline constexpr service::OffsetPage::Bounds kImportsPage{.otherwise = 20, .most = 100};

// One page of the imports the caller may see, newest first, into a package's ListImportsResponse.
template <typename Request, typename Response>
absl::Status ListPage(const FollowedImports& followed, service::Call& call, const Request& request,
                      Response* response) {
  const auto page =
      service::OffsetPage::Read(request.page_size(), request.page_token(), kImportsPage);
  if (!page.ok()) return page.status();
  auto reports =
      followed.runs->List(call, followed.kind, request.urn(), page->offset, page->size + 1);
  if (!reports.ok()) return reports.status();
  const auto size = static_cast<std::size_t>(page->size);
  if (reports->size() > size) {
    reports->resize(size);
    response->set_next_page_token(page->TokenAfter(size));
  }
  for (ImportReport& report : *reports) *response->add_imports() = std::move(report);
  return absl::OkStatus();
}

// Registers GetImport, ListImports and ExportRefusedRows, of whose messages every package has its
// own in the same shape: say AddFollowing<v1::GetImportRequest, v1::GetImportResponse, ...>.
template <typename GetRequest, typename GetResponse, typename ListRequest, typename ListResponse,
          typename RefusedRequest>
void AddFollowing(service::Endpoint& endpoint, const FollowedImports& followed) {
  endpoint
      .Unary<GetRequest, GetResponse>(
          "GetImport", followed.permission,
          [followed](service::Call& call, const GetRequest& request, GetResponse* response) {
            auto report = followed.runs->Get(call, request.import_id());
            if (report.ok()) *response->mutable_report() = *std::move(report);
            return report.status();
          })
      .template Unary<ListRequest, ListResponse>(
          "ListImports", followed.permission,
          [followed](service::Call& call, const ListRequest& request, ListResponse* response) {
            return ListPage(followed, call, request, response);
          })
      .template ServerStream<RefusedRequest, FileChunk>(
          "ExportRefusedRows", followed.permission,
          [followed](service::Call& call, const RefusedRequest& request,
                     service::Writer<FileChunk>& out) {
            return followed.runs->ExportRefused(call, request.import_id(), out);
          });
}

}  // namespace pathways::importing
