// The wiring of exclusions.
#include <chrono>

#include "libs/access/token.h"
#include "libs/importing/import_runs.h"
#include "libs/importing/import_upkeep.h"
#include "libs/rolls/registry_rolls.h"
#include "libs/runtime/events_admin.h"
#include "libs/runtime/registry_keys.h"
#include "libs/runtime/runtime.h"
#include "libs/service/client.h"
#include "services/exclusions/api/comparison_api.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/api/letters_api.h"
#include "services/exclusions/api/published_api.h"
#include "services/exclusions/api/risk_api.h"
#include "services/exclusions/api/trends_api.h"
#include "services/exclusions/reactions/deadline_watch.h"
#include "services/exclusions/reactions/registry_reaction.h"
#include "services/exclusions/reactions/risk_reactions.h"
#include "services/exclusions/reactions/risk_upkeep.h"
#include "services/exclusions/reactions/trend_upkeep.h"

int main() {
  using namespace pathways;
  service::ConfigReader env;
  const service::ProcessConfig base = service::ProcessConfig::Read("exclusions", env);
  const runtime::RuntimeConfig config = runtime::RuntimeConfig::Read(env);
  const std::string registry_address = env.Address(service::variables::kRegistryAddress);
  service::Process process(base, env.Finish());

  service::Client registry({.address = registry_address,
                            .service = "pathways.registry.v1.RegistryService",
                            .metrics = &process.metrics()});
  runtime::Runtime runtime(process, config,
                           {.name = "exclusions", .libraries = {"importing", "letters"}});
  access::TokenVerifier verifier(runtime::RegistryKeys(registry), runtime.clock());

  importing::ImportRuns imports(runtime.pool(), runtime.clock());
  const importing::ImportUpkeep import_upkeep(imports, process);
  rolls::RegistryRolls rolls(registry);
  exclusions::CalendarCache calendars;
  exclusions::RegistryReaction reaction(runtime.outbox(), runtime.clock());
  exclusions::RegisterReaction registers;
  exclusions::RequestReaction requests;
  exclusions::PlacementReaction placements;
  runtime.Consume({&reaction, &registers, &requests, &placements});
  exclusions::DeadlineWatch watch(runtime.pool(), runtime.outbox(), runtime.clock());
  const service::Periodic deadlines(
      "deadlines", std::chrono::minutes(5), [&] { return watch.Run(); }, process.metrics());

  exclusions::TrendUpkeep upkeep(runtime.pool(), runtime.clock());
  const service::Periodic trends(
      "trends", std::chrono::seconds(30), [&] { return upkeep.Run(); }, process.metrics());

  exclusions::RiskUpkeep risk_upkeep(runtime.pool(), runtime.outbox(), runtime.ids(),
                                     runtime.clock());
  const service::Periodic risk(
      "risk", std::chrono::seconds(5), [&] { return risk_upkeep.Run(); }, process.metrics());

  const exclusions::ExclusionsParts parts{.pool = &runtime.pool(),
                                          .outbox = &runtime.outbox(),
                                          .clock = &runtime.clock(),
                                          .ids = &runtime.ids(),
                                          .imports = &imports,
                                          .rolls = &rolls,
                                          .calendars = &calendars};
  const letters::ShippedTemplates shipped =
      process.Need("templates of letters", exclusions::ReadShippedLetters());
  exclusions::RegistryNames names(registry);
  std::vector<service::Endpoint> endpoints;
  endpoints.push_back(exclusions::ExclusionsEndpoint(parts));
  endpoints.push_back(exclusions::ComparisonEndpoint(parts));
  endpoints.push_back(exclusions::TrendsEndpoint({&runtime.pool(), &runtime.clock()}));
  endpoints.push_back(
      exclusions::RiskEndpoint({&runtime.pool(), &runtime.outbox(), &runtime.clock()}));
  endpoints.push_back(exclusions::PublishedEndpoint(imports));
  endpoints.push_back(exclusions::LettersEndpoint({&parts, &shipped, &names}));
  endpoints.push_back(runtime::EventsAdminEndpoint(runtime.pool()));
  return process.Run(std::move(endpoints), verifier);
}
