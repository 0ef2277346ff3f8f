// The wiring of referrals.
#include "libs/access/token.h"
#include "libs/runtime/events_admin.h"
#include "libs/runtime/registry_keys.h"
#include "libs/runtime/runtime.h"
#include "libs/service/client.h"
#include "services/referrals/api/grpc_facts.h"
#include "services/referrals/api/referrals_api.h"
#include "services/referrals/api/settings_api.h"
#include "services/referrals/reactions/absence_reaction.h"

int main() {
  using namespace pathways;
  service::ConfigReader env;
  const service::ProcessConfig base = service::ProcessConfig::Read("referrals", env);
  const runtime::RuntimeConfig config = runtime::RuntimeConfig::Read(env);
  const std::string registry_address = env.Address(service::variables::kRegistryAddress);
  const std::string attendance_address = env.Address(service::variables::kAttendanceAddress);
  service::Process process(base, env.Finish());
  runtime::Runtime runtime(process, config, {.name = "referrals", .libraries = {"settings"}});

  service::Client registry({.address = registry_address,
                            .service = "pathways.registry.v1.RegistryService",
                            .metrics = &process.metrics()});
  service::Client attendance({.address = attendance_address,
                              .service = "pathways.attendance.v1.AttendanceService",
                              .metrics = &process.metrics()});
  referrals::GrpcFacts facts(registry, attendance);
  referrals::RegistryWorkers workers(registry);
  access::TokenVerifier verifier(runtime::RegistryKeys(registry), runtime.clock());

  referrals::AbsenceReaction absence(runtime.ids(), runtime.clock());
  runtime.Consume({&absence});

  const referrals::ReferralsParts parts{.pool = &runtime.pool(),
                                        .outbox = &runtime.outbox(),
                                        .clock = &runtime.clock(),
                                        .ids = &runtime.ids(),
                                        .metrics = &process.metrics(),
                                        .facts = &facts,
                                        .workers = &workers};
  std::vector<service::Endpoint> endpoints;
  endpoints.push_back(referrals::ReferralsEndpoint(parts));
  endpoints.push_back(referrals::SettingsEndpoint(parts));
  endpoints.push_back(runtime::EventsAdminEndpoint(runtime.pool()));
  return process.Run(std::move(endpoints), verifier);
}
