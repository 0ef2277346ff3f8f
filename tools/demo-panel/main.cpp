// Gives the panel of a running demonstration borough its providers, programmes and checks, and its
// calendar, over the same calls as the pages make. Run again it changes nothing.
#include <chrono>
#include <iostream>
#include <map>
#include <string>

#include "libs/education/clock.h"
#include "libs/service/client.h"
#include "libs/service/config.h"
#include "pathways/registry/v1/service.pb.h"
#include "tools/demo-panel/calendar.h"
#include "tools/demo-panel/providers.h"

namespace pathways::demo_panel {
namespace {

using service::CallOptions;
using service::Client;

absl::StatusOr<std::string> SignIn(Client& registry, const std::string& secret) {
  registry::v1::ExchangeIdentityRequest request;
  request.set_operator_secret(secret);
  auto answer =
      registry.Call<registry::v1::ExchangeIdentityRequest, registry::v1::ExchangeIdentityResponse>(
          "ExchangeIdentity", request, CallOptions::In(kPatience));
  if (!answer.ok()) return answer.status();
  return answer->token();
}

class Loader {
 public:
  Loader(Client& registry, Client& panel, std::string token)
      : registry_(registry), panel_(panel), token_(std::move(token)) {}

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
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(Client& client, std::string_view method, const Request& request) {
    CallOptions options = CallOptions::In(kPatience);
    options.token = token_;
    return client.Call<Request, Response>(method, request, options);
  }

  absl::StatusOr<std::map<std::string, std::string>> StaffByName() {
    registry::v1::ListPeopleRequest request;
    request.set_role("provider");
    const auto answer = Ask<registry::v1::ListPeopleResponse>(registry_, "ListPeople", request);
    if (!answer.ok()) return answer.status();
    std::map<std::string, std::string> people;
    for (const auto& person : answer->people()) people[person.name()] = person.person_id();
    return people;
  }

  absl::StatusOr<std::map<std::string, std::int64_t>> KnownProviders() {
    const auto answer = Ask<panel::v1::ListProvidersResponse>(panel_, "ListProviders",
                                                              panel::v1::ListProvidersRequest());
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
    auto saved = Ask<panel::v1::SaveProviderResponse>(panel_, "SaveProvider", save);
    if (!saved.ok()) return saved.status();
    for (const auto& check : one.checks) {
      panel::v1::RecordProviderCheckRequest record;
      record.set_provider_id(one.provider.provider_id());
      *record.mutable_check() = check;
      auto kept =
          Ask<panel::v1::RecordProviderCheckResponse>(panel_, "RecordProviderCheck", record);
      if (!kept.ok()) return kept.status();
    }
    for (const auto& programme : one.programmes) {
      panel::v1::SaveProgrammeRequest add;
      *add.mutable_programme() = programme;
      auto added = Ask<panel::v1::SaveProgrammeResponse>(panel_, "SaveProgramme", add);
      if (!added.ok()) return added.status();
    }
    return absl::OkStatus();
  }

  Client& registry_;
  Client& panel_;
  const std::string token_;
};

absl::Status Run() {
  service::ConfigReader env;
  const std::string registry_address = env.Address(service::variables::kRegistryAddress);
  const std::string panel_address = env.Address(service::variables::kPanelAddress);
  const std::string secret = env.SecretFromFile(service::variables::kOperatorSecretFile);
  if (auto status = env.Finish(); !status.ok()) return status;
  Client registry({.address = registry_address, .service = "pathways.registry.v1.RegistryService"});
  Client panel({.address = panel_address, .service = "pathways.panel.v1.PanelService"});
  auto token = SignIn(registry, secret);
  if (!token.ok()) return token.status();
  const education::Day today = education::SystemClock().Today();
  auto status = Loader(registry, panel, *token).Load(today);
  if (!status.ok()) return status;
  return LoadCalendar(Asked(registry, *token), Asked(panel, *token), today);
}

}  // namespace
}  // namespace pathways::demo_panel

int main() {
  const absl::Status status = pathways::demo_panel::Run();
  if (status.ok()) return 0;
  std::cerr << "error: " << status.message() << "\n";
  return 2;
}
