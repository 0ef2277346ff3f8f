// Gives the panel of a running demonstration borough its providers, programmes and checks, and its
// calendar, over the same calls as the pages make. Run again it changes nothing.
#include <iostream>
#include <map>
#include <string>

#include "libs/education/clock.h"
#include "libs/service/client.h"
#include "libs/service/config.h"
#include "pathways/registry/v1/service.pb.h"
#include "tools/demo-calls/calls.h"
#include "tools/demo-panel/calendar.h"
#include "tools/demo-panel/providers.h"

namespace pathways::demo_panel {
namespace {

using service::Client;

class Loader {
 public:
  Loader(const Asked& registry, const Asked& panel) : registry_(registry), panel_(panel) {}

  absl::Status Load(education::Day today) {
    const auto people = StaffByName();
    if (!people.ok()) return people.status();
    const auto known = KnownProviders();
    if (!known.ok()) return known.status();
    for (const DemoProvider& one : DemoProviders(today)) {
      // What people have done to it since is left alone.
      if (known->contains(one.provider.provider_id())) continue;
      if (auto status = Enter(one, *people); !status.ok()) return status;
      std::cout << one.provider.name() << ": " << one.programmes.size() << " programmes, "
                << one.checks.size() << " checks\n";
    }
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<std::map<std::string, std::string>> StaffByName() {
    registry::v1::ListPeopleRequest request;
    request.set_role("provider");
    const auto answer = registry_.Ask<registry::v1::ListPeopleResponse>("ListPeople", request);
    if (!answer.ok()) return answer.status();
    std::map<std::string, std::string> people;
    for (const auto& person : answer->people()) people[person.name()] = person.person_id();
    return people;
  }

  absl::StatusOr<std::map<std::string, std::int64_t>> KnownProviders() {
    const auto answer = panel_.Ask<panel::v1::ListProvidersResponse>(
        "ListProviders", panel::v1::ListProvidersRequest());
    if (!answer.ok()) return answer.status();
    std::map<std::string, std::int64_t> known;
    for (const auto& one : answer->providers()) known[one.provider_id()] = one.version();
    return known;
  }

  absl::Status Enter(const DemoProvider& one, const std::map<std::string, std::string>& people) {
    panel::v1::SaveProviderRequest save;
    *save.mutable_provider() = one.provider;
    for (const std::string& name : one.people) {
      const auto person = people.find(name);
      if (person != people.end()) save.mutable_provider()->add_person_ids(person->second);
    }
    auto saved = panel_.Ask<panel::v1::SaveProviderResponse>("SaveProvider", save);
    if (!saved.ok()) return saved.status();
    for (const auto& check : one.checks) {
      panel::v1::RecordProviderCheckRequest record;
      record.set_provider_id(one.provider.provider_id());
      *record.mutable_check() = check;
      auto kept = panel_.Ask<panel::v1::RecordProviderCheckResponse>("RecordProviderCheck", record);
      if (!kept.ok()) return kept.status();
    }
    for (const auto& programme : one.programmes) {
      panel::v1::SaveProgrammeRequest add;
      *add.mutable_programme() = programme;
      auto added = panel_.Ask<panel::v1::SaveProgrammeResponse>("SaveProgramme", add);
      if (!added.ok()) return added.status();
    }
    return absl::OkStatus();
  }

  const Asked& registry_;
  const Asked& panel_;
};

absl::Status Run() {
  service::ConfigReader env;
  const std::string registry_address = env.Address(service::variables::kRegistryAddress);
  const std::string panel_address = env.Address(service::variables::kPanelAddress);
  const std::string secret = env.SecretFromFile(service::variables::kOperatorSecretFile);
  if (auto status = env.Finish(); !status.ok()) return status;
  Client registry({.address = registry_address, .service = "pathways.registry.v1.RegistryService"});
  Client panel({.address = panel_address, .service = "pathways.panel.v1.PanelService"});
  const auto token = demo::SignIn(registry, secret);
  if (!token.ok()) return token.status();
  const Asked asked_registry(registry, *token);
  const Asked asked_panel(panel, *token);
  const education::Day today = education::SystemClock().Today();
  auto status = Loader(asked_registry, asked_panel).Load(today);
  if (!status.ok()) return status;
  return LoadCalendar(asked_registry, asked_panel, today);
}

}  // namespace
}  // namespace pathways::demo_panel

int main() {
  const absl::Status status = pathways::demo_panel::Run();
  if (status.ok()) return 0;
  std::cerr << "error: " << status.message() << "\n";
  return 2;
}
