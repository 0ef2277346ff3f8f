// Files in. What happens to their rows is in the importers.
#include <memory>
#include <utility>

#include "libs/storage/run_in_transaction.h"
#include "services/registry/api/calendar_importer.h"
#include "services/registry/api/people_importer.h"
#include "services/registry/api/pupil_importer.h"
#include "services/registry/api/registry_api.h"
#include "services/registry/api/school_importer.h"
#include "services/registry/store/school_store.h"

namespace pathways::registry {
namespace {

using access::Permission;
using common::v1::ImportChunk;
using common::v1::ImportReport;
using common::v1::ImportStart;
using service::Call;
using service::Reader;

ImportContext ContextOf(const RegistryParts& parts, Call& call, const ImportStart& start) {
  return {&call, parts.outbox, parts.clock, parts.ids, start};
}

// Every school there is: a row is matched against all of them, and then against the caller's scope.
absl::StatusOr<SchoolAuthorities> AllSchools(const RegistryParts& parts, Call& call) {
  return storage::RunInTransaction(*parts.pool, storage::RowScope::System("import"),
                                   call.deadline(), AuthoritiesOfSchools);
}

template <typename ImporterOfSchools>
importing::ImportRuns::MakeImporter MakeWithSchools(const RegistryParts& parts, Call& call) {
  return [&](const ImportStart& start) -> absl::StatusOr<std::unique_ptr<importing::Importer>> {
    auto schools = AllSchools(parts, call);
    if (!schools.ok()) return schools.status();
    return std::make_unique<ImporterOfSchools>(ContextOf(parts, call, start), *std::move(schools));
  };
}

// Whoever may import schools or pupils writes rows that nobody sees yet, and matches against pupils
// of other schools: the importers hold each row to the caller's scope themselves.
importing::RunOptions AsSystem(const Call& call) {
  storage::RowScope scope = call.caller().ToRowScope();
  scope.everything = true;
  return {.scope = std::move(scope)};
}

}  // namespace

void AddImports(service::Endpoint& endpoint, const RegistryParts& parts) {
  endpoint
      .ClientStream<ImportChunk, ImportReport>(
          "ImportSchools", Permission::kImportSchools,
          [&parts](Call& call, Reader<ImportChunk>& in, ImportReport* report) {
            return parts.imports->Run(
                call, in, AsSystem(call),
                [&](const ImportStart& start)
                    -> absl::StatusOr<std::unique_ptr<importing::Importer>> {
                  return std::make_unique<SchoolImporter>(ContextOf(parts, call, start));
                },
                report);
          })
      .ClientStream<ImportChunk, ImportReport>(
          "ImportCalendar", Permission::kImportCalendar,
          [&parts](Call& call, Reader<ImportChunk>& in, ImportReport* report) {
            return parts.imports->Run(call, in, AsSystem(call),
                                      MakeWithSchools<CalendarImporter>(parts, call), report);
          })
      .ClientStream<ImportChunk, ImportReport>(
          "ImportPupils", Permission::kImportPupils,
          [&parts](Call& call, Reader<ImportChunk>& in, ImportReport* report) {
            return parts.imports->Run(call, in, AsSystem(call),
                                      MakeWithSchools<PupilImporter>(parts, call), report);
          })
      .ClientStream<ImportChunk, ImportReport>(
          "ImportPeople", Permission::kManagePeople,
          [&parts](Call& call, Reader<ImportChunk>& in, ImportReport* report) {
            return parts.imports->Run(call, in, AsSystem(call),
                                      MakeWithSchools<PeopleImporter>(parts, call), report);
          });
}

}  // namespace pathways::registry
