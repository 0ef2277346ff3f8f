// Providers of alternative provision, their checks and programmes.
#include <algorithm>
#include <string>
#include <vector>

#include "libs/forms/words.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/store/provider_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

std::optional<Grid> GridSent(const v1::Provider& sent) {
  if (sent.easting() == 0 && sent.northing() == 0) return std::nullopt;
  return Grid{sent.easting(), sent.northing()};
}

absl::StatusOr<Provider> ReadProviderSent(const v1::Provider& sent) {
  FieldReader read;
  const auto id = read.Needed<ProviderId>("provider.provider_id", sent.provider_id());
  const auto la_code = education::LaCode::FromInt(sent.la_code());
  read.wrong().AddIfError("provider.la_code", la_code.status());
  const auto registration =
      read.Chosen("provider.registration", kRegistrationNames.Parse(sent.registration()));
  const auto urn = read.OptionalUrn("provider.urn", sent.urn());
  std::vector<education::PersonId> people;
  for (const std::string& text : sent.person_ids()) {
    const auto person = read.Needed<education::PersonId>("provider.person_ids", text);
    if (person && !std::ranges::count(people, *person)) people.push_back(*person);
  }
  if (!read.good()) return read.status();
  Provider provider{.id = *id,
                    .la_code = *la_code,
                    .name = forms::Tidy(sent.name()),
                    .urn = urn,
                    .registration = registration,
                    .grid = GridSent(sent),
                    .people = std::move(people),
                    .open = sent.open(),
                    .version = sent.version()};
  if (auto status = ToStatus(CheckProvider(provider), "provider."); !status.ok()) return status;
  return provider;
}

absl::StatusOr<Programme> ReadProgrammeSent(const v1::Programme& sent) {
  FieldReader read;
  const auto id = read.Needed<ProgrammeId>("programme.programme_id", sent.programme_id());
  const auto provider = read.Needed<ProviderId>("programme.provider_id", sent.provider_id());
  const Phase phase = read.Chosen("programme.phase", FromMessage<kPhaseNames>(sent.phase()));
  std::vector<DayPlaces> days;
  for (const auto& day : sent.days()) {
    days.push_back({read.Chosen("programme.days", kWeekdayNames.Parse(day.day())), day.places()});
  }
  if (!read.good()) return read.status();
  std::ranges::stable_sort(days, {}, &DayPlaces::day);
  Programme programme{.id = *id,
                      .provider = *provider,
                      .name = forms::Tidy(sent.name()),
                      .tier = sent.tier(),
                      .phase = phase,
                      .needs = {sent.needs().begin(), sent.needs().end()},
                      .pence_a_week = sent.pence_a_week(),
                      .days = std::move(days),
                      .version = sent.version()};
  if (auto status = ToStatus(CheckProgramme(programme), "programme."); !status.ok()) return status;
  return programme;
}

absl::Status NameTaken(absl::Status status, std::string_view field) {
  if (!absl::IsAlreadyExists(status)) return status;
  return service::InvalidField(field, "Another has this name already");
}

class Providers {
 public:
  explicit Providers(const PanelParts& parts) : parts_(parts) {}

  absl::Status Save(const Call& call, const v1::SaveProviderRequest& request,
                    v1::SaveProviderResponse* response) const {
    const auto sent = ReadProviderSent(request.provider());
    if (!sent.ok()) return sent.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      Provider provider = *sent;
      const auto known = LockProvider(transaction, provider.id);
      const auto write = MayWrite(call, transaction, known, provider, "The provider");
      if (!write.ok()) return write.status();
      if (!*write) return Answer(transaction, provider.id, response->mutable_provider());
      Stamp(provider, parts_.clock->Now(), transaction.scope().person, call.request_id());
      auto status = NameTaken(known.ok() ? UpdateProvider(transaction, provider)
                                         : InsertProvider(transaction, provider),
                              "provider.name");
      if (status.ok()) status = Tell(call, transaction, provider);
      if (!status.ok()) return status;
      return Answer(transaction, provider.id, response->mutable_provider());
    });
  }

  absl::Status Check(const Call& call, const v1::RecordProviderCheckRequest& request,
                     v1::RecordProviderCheckResponse* response) const {
    const v1::ProviderCheck& sent = request.check();
    FieldReader read;
    const auto id = read.Needed<ProviderId>("provider_id", request.provider_id());
    const auto kind = read.Chosen("check.kind", kCheckKindNames.Parse(sent.kind()));
    const auto outcome = read.Chosen("check.outcome", kCheckOutcomeNames.Parse(sent.outcome()));
    const auto checked_on = read.NeededDay("check.checked_on", sent.checked_on());
    const auto next_due = read.NeededDay("check.next_due", sent.next_due());
    if (!read.good()) return read.status();
    const ProviderCheck check{kind, outcome, *checked_on, *next_due};
    auto status = ToStatus(CheckCheck(check, parts_.clock->Today()), "check.");
    if (!status.ok()) return status;
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto provider = FindProvider(transaction, *id);
      if (!provider.ok()) return provider.status();
      if (auto kept = KeepCheck(transaction, *provider, check); !kept.ok()) return kept;
      return Answer(transaction, *id, response->mutable_provider());
    });
  }

  absl::Status SaveProgramme(const Call& call, const v1::SaveProgrammeRequest& request,
                             v1::SaveProgrammeResponse* response) const {
    auto programme = ReadProgrammeSent(request.programme());
    if (!programme.ok()) return programme.status();
    return Writing(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto provider = FindProvider(transaction, programme->provider);
      if (!provider.ok()) return provider.status();
      auto status = Write(call, transaction, *provider, *programme);
      if (!status.ok()) return status;
      const auto now = FindProvider(transaction, programme->provider);
      if (!now.ok()) return now.status();
      const auto found = std::ranges::find(now->programmes, programme->id, &Programme::id);
      if (found == now->programmes.end()) {
        return absl::AlreadyExistsError("This programme belongs to another provider");
      }
      Fill(*found, response->mutable_programme());
      return absl::OkStatus();
    });
  }

  absl::Status List(const Call& call, const v1::ListProvidersRequest& request,
                    v1::ListProvidersResponse* response) const {
    const auto providers =
        Reading(parts_, call, [](Transaction& transaction) { return ListProviders(transaction); });
    if (!providers.ok()) return providers.status();
    const auto phase = FromMessage<kPhaseNames>(request.phase());
    const auto fits = [&](const Programme& programme) {
      return (!phase || programme.phase == *phase) &&
             (request.tier() == 0 || programme.tier == request.tier());
    };
    const bool all = !phase && request.tier() == 0;
    for (const Provider& provider : *providers) {
      if (!all && std::ranges::none_of(provider.programmes, fits)) continue;
      Fill(provider, parts_.clock->Today(), response->add_providers());
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Answer(Transaction& transaction, const ProviderId& id, v1::Provider* to) const {
    const auto provider = FindProvider(transaction, id);
    if (!provider.ok()) return provider.status();
    to->Clear();
    Fill(*provider, parts_.clock->Today(), to);
    return absl::OkStatus();
  }

  // False: what this call asks for was done by an earlier attempt of it.
  template <typename Record>
  static absl::StatusOr<bool> MayWrite(const Call& call, const Transaction& transaction,
                                       const absl::StatusOr<Record>& known, const Record& sent,
                                       std::string_view what) {
    if (absl::IsNotFound(known.status()) && sent.version == 0) return true;
    if (!known.ok()) return known.status();
    if (sent.version == 0) return false;
    const auto compared =
        CompareVersion(*known, sent.version, call, transaction.scope().person, what);
    if (!compared.ok()) return compared.status();
    return *compared == Seen::kCurrent;
  }

  absl::Status Write(const Call& call, Transaction& transaction, const Provider& provider,
                     Programme programme) const {
    const auto known = LockProgramme(transaction, programme.id);
    const auto write = MayWrite(call, transaction, known, programme, "The programme");
    if (!write.ok()) return write.status();
    if (!*write) return absl::OkStatus();
    Stamp(programme, parts_.clock->Now(), transaction.scope().person, call.request_id());
    auto status = NameTaken(known.ok() ? UpdateProgramme(transaction, programme)
                                       : InsertProgramme(transaction, programme, provider.la_code),
                            "programme.name");
    if (!status.ok()) return status;
    return SetPlaces(transaction, programme, provider.la_code);
  }

  // Who works there may read the names of the pupils placed there: registry has to know.
  absl::Status Tell(const Call& call, Transaction& transaction, const Provider& provider) const {
    const std::string id = provider.id.ToString();
    v1::ProviderChanged message;
    message.set_provider_id(id);
    message.set_la_code(provider.la_code.value());
    for (const auto& person : provider.people) message.add_person_ids(person.ToString());
    const events::NewEvent event =
        events::MakeEvent(message, "provider/" + id, provider.version, id);
    return parts_.outbox->Append(transaction, std::span(&event, 1), call.trace().ToTraceparent());
  }

  const PanelParts& parts_;
};

}  // namespace

void AddProviders(service::Endpoint& endpoint, const PanelParts& parts) {
  const auto by_authority = [&parts](auto method) {
    return [&parts, method](Call& call, const auto& request, auto* response) -> absl::Status {
      if (!WorksForAuthority(call.caller())) {
        return absl::PermissionDeniedError("The authority enters providers");
      }
      return (Providers(parts).*method)(call, request, response);
    };
  };
  endpoint
      .Unary<v1::SaveProviderRequest, v1::SaveProviderResponse>(
          "SaveProvider", Permission::kWritePlacement, by_authority(&Providers::Save))
      .Unary<v1::RecordProviderCheckRequest, v1::RecordProviderCheckResponse>(
          "RecordProviderCheck", Permission::kWritePlacement, by_authority(&Providers::Check))
      .Unary<v1::SaveProgrammeRequest, v1::SaveProgrammeResponse>(
          "SaveProgramme", Permission::kWritePlacement, by_authority(&Providers::SaveProgramme))
      .Unary<v1::ListProvidersRequest, v1::ListProvidersResponse>(
          "ListProviders", Permission::kReadPanel,
          [&parts](Call& c, const auto& q, auto* r) { return Providers(parts).List(c, q, r); });
}

}  // namespace pathways::panel
