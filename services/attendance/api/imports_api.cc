// Register files in, and what became of them.
#include <memory>
#include <utility>

#include "libs/importing/import_methods.h"
#include "pathways/attendance/v1/service.pb.h"
#include "services/attendance/api/attendance_api.h"
#include "services/attendance/api/register_importer.h"

namespace pathways::attendance {
namespace {

using access::Permission;
using common::v1::ImportChunk;
using common::v1::ImportReport;
using common::v1::ImportStart;
using service::Call;

absl::Status Import(const AttendanceParts& parts, Call& call, service::Reader<ImportChunk>& in,
                    ImportReport* report) {
  const auto make =
      [&](const ImportStart& start) -> absl::StatusOr<std::unique_ptr<importing::Importer>> {
    auto visible = parts.rolls->Visible(call);
    if (!visible.ok()) return visible.status();
    return std::make_unique<RegisterImporter>(call, *parts.rolls, *parts.writer, start,
                                              *std::move(visible), parts.clock->Today());
  };
  return parts.imports->Run(call, in, {.scope = call.RowScope()}, make, report);
}

}  // namespace

void AddImports(service::Endpoint& endpoint, const AttendanceParts& parts) {
  endpoint.ClientStream<ImportChunk, ImportReport>(
      "ImportRegister", Permission::kImportRegister,
      [&parts](Call& call, service::Reader<ImportChunk>& in, ImportReport* report) {
        return Import(parts, call, in, report);
      });
  importing::AddFollowing<v1::GetImportRequest, v1::GetImportResponse, v1::ListImportsRequest,
                          v1::ListImportsResponse, v1::ExportRefusedRowsRequest>(
      endpoint, {parts.imports, "register", Permission::kImportRegister});
}

}  // namespace pathways::attendance
