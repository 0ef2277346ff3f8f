// The wiring of attendance.
#include "libs/access/token.h"
#include "libs/importing/import_runs.h"
#include "libs/importing/import_upkeep.h"
#include "libs/rolls/registry_rolls.h"
#include "libs/runtime/events_admin.h"
#include "libs/runtime/registry_keys.h"
#include "libs/runtime/runtime.h"
#include "libs/service/client.h"
#include "services/attendance/api/attendance_api.h"
#include "services/attendance/api/comparison_api.h"
#include "services/attendance/api/settings_api.h"
#include "services/attendance/api/timeline_api.h"
#include "services/attendance/reactions/calendar_reaction.h"
#include "services/attendance/reactions/registry_reaction.h"

int main() {
  using namespace pathways;
  service::ConfigReader env;
  const service::ProcessConfig base = service::ProcessConfig::Read("attendance", env);
  const runtime::RuntimeConfig config = runtime::RuntimeConfig::Read(env);
  const std::string registry_address = env.Address(service::variables::kRegistryAddress);
  service::Process process(base, env.Finish());

  service::Client registry({.address = registry_address,
                            .service = "pathways.registry.v1.RegistryService",
                            .metrics = &process.metrics()});
  runtime::Runtime runtime(process, config,
                           {.name = "attendance", .libraries = {"importing", "settings"}});
  access::TokenVerifier verifier(runtime::RegistryKeys(registry), runtime.clock());

  importing::ImportRuns imports(runtime.pool(), runtime.clock());
  const importing::ImportUpkeep import_upkeep(imports, process);
  attendance::SlotCache slots;
  rolls::RegistryRolls rolls(registry);
  attendance::RegisterWriter writer(slots, runtime.outbox(), runtime.clock());
  attendance::RegistryReaction reaction(runtime.clock());
  attendance::CalendarReaction calendar_reaction(slots, runtime.outbox());
  runtime.Consume({&reaction, &calendar_reaction});

  const attendance::AttendanceParts parts{.pool = &runtime.pool(),
                                          .clock = &runtime.clock(),
                                          .imports = &imports,
                                          .rolls = &rolls,
                                          .writer = &writer,
                                          .slots = &slots};
  std::vector<service::Endpoint> endpoints;
  endpoints.push_back(attendance::AttendanceEndpoint(parts));
  endpoints.push_back(attendance::ComparisonEndpoint(parts));
  endpoints.push_back(attendance::TimelineEndpoint(parts));
  endpoints.push_back(attendance::SettingsEndpoint(parts, runtime.outbox()));
  endpoints.push_back(runtime::EventsAdminEndpoint(runtime.pool()));
  return process.Run(std::move(endpoints), verifier);
}
