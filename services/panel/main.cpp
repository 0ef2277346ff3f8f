// The wiring of panel.
#include <optional>

#include "libs/access/token.h"
#include "libs/rolls/registry_rolls.h"
#include "libs/runtime/events_admin.h"
#include "libs/runtime/registry_keys.h"
#include "libs/runtime/runtime.h"
#include "libs/service/client.h"
#include "services/panel/api/attachments_api.h"
#include "services/panel/api/fair_access_api.h"
#include "services/panel/api/grpc_comparisons.h"
#include "services/panel/api/grpc_facts.h"
#include "services/panel/api/impact_api.h"
#include "services/panel/api/minutes_api.h"
#include "services/panel/api/panel_api.h"
#include "services/panel/api/placed_api.h"
#include "services/panel/api/reintegration_api.h"
#include "services/panel/api/room_api.h"
#include "services/panel/api/task_sending.h"
#include "services/panel/api/tasks_api.h"
#include "services/panel/reactions/exclusion_reaction.h"
#include "services/panel/reactions/risk_reaction.h"
#include "services/panel/reactions/school_reaction.h"

int main() {
  using namespace pathways;
  service::ConfigReader env;
  const service::ProcessConfig base = service::ProcessConfig::Read("panel", env);
  const runtime::RuntimeConfig config = runtime::RuntimeConfig::Read(env);
  const std::string registry_address = env.Address(service::variables::kRegistryAddress);
  const std::string attendance_address = env.Address(service::variables::kAttendanceAddress);
  const std::string exclusions_address = env.Address(service::variables::kExclusionsAddress);
  const std::string referrals_address = env.Address(service::variables::kReferralsAddress);
  const std::string clamd_address = env.AddressOr(panel::kClamdAddress, "");
  service::Process process(base, env.Finish());
  runtime::Runtime runtime(process, config, {.name = "panel", .libraries = {}});

  const auto client = [&](const std::string& address, std::string service) {
    return service::Client(
        {.address = address, .service = std::move(service), .metrics = &process.metrics()});
  };
  service::Client registry = client(registry_address, "pathways.registry.v1.RegistryService");
  service::Client attendance =
      client(attendance_address, "pathways.attendance.v1.AttendanceService");
  service::Client exclusions =
      client(exclusions_address, "pathways.exclusions.v1.ExclusionsService");
  service::Client referrals = client(referrals_address, "pathways.referrals.v1.ReferralsService");
  panel::GrpcFacts facts({registry, attendance, exclusions, referrals});
  service::Client attendance_compared =
      client(attendance_address, "pathways.attendance.v1.ComparisonService");
  service::Client exclusions_compared =
      client(exclusions_address, "pathways.exclusions.v1.ComparisonService");
  rolls::RegistryRolls rolls(registry);
  panel::GrpcComparisons comparisons(attendance_compared, exclusions_compared);
  access::TokenVerifier verifier(runtime::RegistryKeys(registry), runtime.clock());

  panel::ExclusionReaction exclusion(runtime.outbox(), runtime.ids(), runtime.clock());
  panel::RiskReaction risk(runtime.outbox(), runtime.ids(), runtime.clock());
  panel::SchoolReaction school;
  runtime.Consume({&exclusion, &risk, &school});

  const panel::PanelParts parts{.pool = &runtime.pool(),
                                .outbox = &runtime.outbox(),
                                .clock = &runtime.clock(),
                                .ids = &runtime.ids(),
                                .metrics = &process.metrics(),
                                .facts = &facts};
  const panel::TaskSending sending(parts);
  const service::Periodic tasks(
      "tasks", std::chrono::minutes(1), [&] { return sending.Rest(); }, process.metrics());
  std::optional<panel::ClamdScanner> clamd;
  if (!clamd_address.empty()) clamd.emplace(clamd_address);
  panel::GrpcRegisters registers(attendance);
  std::vector<service::Endpoint> endpoints;
  endpoints.push_back(panel::PanelEndpoint(parts));
  endpoints.push_back(panel::ImpactEndpoint({parts.pool, parts.clock, parts.facts, &comparisons}));
  endpoints.push_back(panel::ReintegrationEndpoint(parts));
  endpoints.push_back(panel::PlacedEndpoint({parts, registers}));
  endpoints.push_back(panel::RoomEndpoint(parts));
  endpoints.push_back(panel::MinutesEndpoint(parts));
  endpoints.push_back(panel::TasksEndpoint(parts));
  endpoints.push_back(panel::AttachmentsEndpoint({parts, clamd ? &*clamd : nullptr}));
  endpoints.push_back(panel::FairAccessEndpoint({parts, &rolls}));
  endpoints.push_back(runtime::EventsAdminEndpoint(runtime.pool()));
  return process.Run(std::move(endpoints), verifier);
}
