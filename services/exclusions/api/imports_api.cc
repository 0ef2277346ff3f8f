// Files of suspensions and permanent exclusions in, and what became of them.
#include <memory>
#include <utility>

#include "libs/importing/import_methods.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/api/suspension_importer.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using common::v1::ImportChunk;
using common::v1::ImportReport;
using common::v1::ImportStart;
using service::Call;

absl::Status Import(const ExclusionsParts& parts, Call& call, service::Reader<ImportChunk>& in,
                    ImportReport* report) {
  const auto make =
      [&](const ImportStart& start) -> absl::StatusOr<std::unique_ptr<importing::Importer>> {
    auto visible = parts.rolls->Visible(call);
    if (!visible.ok()) return visible.status();
    return std::make_unique<SuspensionImporter>(parts, call, start, *std::move(visible));
  };
  return parts.imports->Run(call, in, {.scope = call.RowScope()}, make, report);
}

}  // namespace

void AddImports(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint.ClientStream<ImportChunk, ImportReport>(
      "ImportSuspensions", Permission::kRecordExclusion,
      [&parts](Call& call, service::Reader<ImportChunk>& in, ImportReport* report) {
        return Import(parts, call, in, report);
      });
  importing::AddFollowing<v1::GetImportRequest, v1::GetImportResponse, v1::ListImportsRequest,
                          v1::ListImportsResponse, v1::ExportRefusedRowsRequest>(
      endpoint, {parts.imports, "suspensions", Permission::kRecordExclusion});
}

}  // namespace pathways::exclusions
