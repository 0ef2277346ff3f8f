// Files of suspensions and permanent exclusions in, and what became of them.
#include <memory>
#include <utility>

#include "libs/service/paging.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/api/suspension_importer.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using common::v1::FileChunk;
using common::v1::ImportChunk;
using common::v1::ImportReport;
using common::v1::ImportStart;
using service::Call;

class Imports {
 public:
  explicit Imports(const ExclusionsParts& parts) : parts_(parts) {}

  absl::Status Import(Call& call, service::Reader<ImportChunk>& in, ImportReport* report) const {
    const auto make =
        [&](const ImportStart& start) -> absl::StatusOr<std::unique_ptr<importing::Importer>> {
      auto visible = parts_.rolls->Visible(call);
      if (!visible.ok()) return visible.status();
      return std::make_unique<SuspensionImporter>(parts_, call, start, *std::move(visible));
    };
    return parts_.imports->Run(call, in, {.scope = call.RowScope()}, make, report);
  }

  absl::Status Get(Call& call, const v1::GetImportRequest& request,
                   v1::GetImportResponse* response) const {
    auto report = parts_.imports->Get(call, request.import_id());
    if (report.ok()) *response->mutable_report() = *std::move(report);
    return report.status();
  }

  absl::Status List(Call& call, const v1::ListImportsRequest& request,
                    v1::ListImportsResponse* response) const {
    auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                          {.otherwise = 50, .most = 200});
    if (!page.ok()) return page.status();
    auto reports =
        parts_.imports->List(call, "suspensions", request.urn(), page->offset, page->size + 1);
    if (!reports.ok()) return reports.status();
    const auto size = static_cast<std::size_t>(page->size);
    if (reports->size() > size) {
      reports->resize(size);
      response->set_next_page_token(page->TokenAfter(size));
    }
    for (ImportReport& report : *reports) *response->add_reports() = std::move(report);
    return absl::OkStatus();
  }

 private:
  const ExclusionsParts& parts_;
};

}  // namespace

void AddImports(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .ClientStream<ImportChunk, ImportReport>(
          "ImportSuspensions", Permission::kRecordExclusion,
          [&parts](Call& call, service::Reader<ImportChunk>& in, ImportReport* report) {
            return Imports(parts).Import(call, in, report);
          })
      .Unary<v1::GetImportRequest, v1::GetImportResponse>(
          "GetImport", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Imports(parts).Get(call, q, r); })
      .Unary<v1::ListImportsRequest, v1::ListImportsResponse>(
          "ListImports", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return Imports(parts).List(call, q, r); })
      .ServerStream<v1::ExportRefusedRowsRequest, FileChunk>(
          "ExportRefusedRows", Permission::kRecordExclusion,
          [&parts](Call& call, const auto& q, service::Writer<FileChunk>& out) {
            return parts.imports->ExportRefused(call, q.import_id(), out);
          });
}

}  // namespace pathways::exclusions
