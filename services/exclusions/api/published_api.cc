#include "services/exclusions/api/published_api.h"

#include <memory>

#include "libs/importing/import_methods.h"
#include "pathways/exclusions/v1/published.pb.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "services/exclusions/api/neighbours_importer.h"
#include "services/exclusions/api/published_importer.h"

namespace pathways::exclusions {
namespace {

using common::v1::ImportChunk;
using common::v1::ImportReport;
using common::v1::ImportStart;
using service::Call;
using service::Reader;

// What is published is everybody's: no row of it belongs to a school or an authority.
importing::RunOptions ForEverybody(const Call& call) {
  storage::RowScope scope = call.RowScope();
  scope.everything = true;
  return {.scope = std::move(scope)};
}

}  // namespace

service::Endpoint PublishedEndpoint(importing::ImportRuns& imports) {
  // The figures of a year are brought in as the schools of a year are, and by the same people.
  constexpr access::Permission kImport = access::Permission::kImportSchools;
  using MadeImporter = absl::StatusOr<std::unique_ptr<importing::Importer>>;
  service::Endpoint endpoint("pathways.exclusions.v1.PublishedFiguresService");
  endpoint.ClientStream<ImportChunk, ImportReport>(
      "ImportPublished", kImport,
      [&imports](Call& call, Reader<ImportChunk>& in, ImportReport* report) {
        const auto make = [](const ImportStart& start) -> MadeImporter {
          return std::make_unique<PublishedImporter>(start);
        };
        return imports.Run(call, in, ForEverybody(call), make, report);
      });
  endpoint.ClientStream<ImportChunk, ImportReport>(
      "ImportNeighbours", kImport,
      [&imports](Call& call, Reader<ImportChunk>& in, ImportReport* report) {
        const auto make = [&call](const ImportStart& start) -> MadeImporter {
          return std::make_unique<NeighboursImporter>(start, call.caller().scope);
        };
        return imports.Run(call, in, ForEverybody(call), make, report);
      });
  importing::AddFollowing<v1::GetImportRequest, v1::GetImportResponse, v1::ListImportsRequest,
                          v1::ListImportsResponse, v1::ExportRefusedRowsRequest>(
      endpoint, {&imports, "published", kImport});
  return endpoint;
}

}  // namespace pathways::exclusions
