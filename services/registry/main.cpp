// The wiring of registry.
#include "libs/access/identity.h"
#include "libs/access/token.h"
#include "libs/importing/import_runs.h"
#include "libs/importing/import_upkeep.h"
#include "libs/runtime/events_admin.h"
#include "libs/runtime/runtime.h"
#include "services/registry/api/registry_api.h"
#include "services/registry/reactions/placement_reaction.h"

int main() {
  using namespace pathways;
  service::ConfigReader env;
  const service::ProcessConfig base = service::ProcessConfig::Read("registry", env);
  const runtime::RuntimeConfig config = runtime::RuntimeConfig::Read(env);
  const std::string key_file = env.Text(service::variables::kSigningKeyFile);
  const std::string operator_secret = env.SecretFromFile(service::variables::kOperatorSecretFile);
  const access::IdentityProvider provider{.issuer = env.Text(service::variables::kOidcIssuer),
                                          .client_id = env.Text(service::variables::kOidcClientId),
                                          .allow_http = base.development};
  service::Process process(base, env.Finish());
  runtime::Runtime runtime(
      process, config, {.name = "registry", .libraries = {"importing"}, .compacted_topic = true});

  const auto tokens =
      process.Need("signing key", access::TokenIssuer::Open(key_file, runtime.clock()));
  access::TokenVerifier verifier([&] { return tokens.PublicKeys(); }, runtime.clock());
  access::IdentityVerifier identities(provider, access::CurlGet(base.development), runtime.clock());
  importing::ImportRuns imports(runtime.pool(), runtime.clock());
  const importing::ImportUpkeep import_upkeep(imports, process);

  registry::PlacementReaction placements;
  runtime.Consume({&placements});

  const registry::RegistryParts parts{.pool = &runtime.pool(),
                                      .outbox = &runtime.outbox(),
                                      .clock = &runtime.clock(),
                                      .ids = &runtime.ids(),
                                      .imports = &imports,
                                      .tokens = &tokens,
                                      .identities = &identities,
                                      .operator_secret = operator_secret};
  std::vector<service::Endpoint> endpoints;
  endpoints.push_back(registry::RegistryEndpoint(parts));
  endpoints.push_back(runtime::EventsAdminEndpoint(runtime.pool()));
  return process.Run(std::move(endpoints), verifier);
}
