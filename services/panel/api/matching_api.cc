// What could take a pupil, with reasons.
#include <optional>
#include <string>
#include <vector>

#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/placement_store.h"
#include "services/panel/store/provider_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

constexpr int kShareDays = 365;

struct Known {
  PanelCase panel_case;
  PupilWish wish;
  std::vector<Provider> providers = {};
  std::map<education::Urn, int> taken_in = {};
};

class Matching {
 public:
  explicit Matching(const PanelParts& parts) : parts_(parts) {}

  absl::Status Find(const Call& call, const v1::MatchPlacesRequest& request,
                    v1::MatchPlacesResponse* response) const {
    const auto id = ReadId<CaseId>("case_id", request.case_id());
    if (!id.ok()) return id.status();
    const auto kind = FromMessage<kDecisionKindNames>(request.kind());
    const bool programmes = kind == DecisionKind::kAlternativeProvision;
    const bool schools =
        kind == DecisionKind::kManagedMove || kind == DecisionKind::kFairAccessPlace;
    if (!programmes && !schools) {
      return service::InvalidField("kind", "Choose a kind of decision that leads to a place");
    }
    if (programmes && (request.tier() < 1 || request.tier() > 3)) {
      return service::InvalidField("tier", "Choose tier 1, 2 or 3");
    }
    const auto days = ReadDays({request.days().begin(), request.days().end()});
    if (!days.ok()) {
      return service::FieldViolations().AddIfError("days", days.status()).ToStatus();
    }
    auto known = Reading(parts_, call,
                         [&](Transaction& transaction) { return Gather(call, transaction, *id); });
    if (!known.ok()) return known.status();
    known->wish.tier = request.tier();
    known->wish.days = *days;
    const auto matches = programmes ? absl::StatusOr<std::vector<Match>>(MatchProgrammes(
                                          known->wish, known->providers, parts_.clock->Today()))
                                    : Schools(call, *known);
    if (!matches.ok()) return matches.status();
    for (const Match& match : *matches) Fill(match, response->add_options());
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<Known> Gather(const Call& call, Transaction& transaction, const CaseId& id) const {
    const auto panel_case = FindCase(transaction, id);
    if (!panel_case.ok()) return panel_case.status();
    if (!panel_case->phase) {
      return absl::FailedPreconditionError("Say first whether the case is primary or secondary");
    }
    const auto sections = ReadSections(transaction, id);
    if (!sections.ok()) return sections.status();
    auto providers = ListProviders(transaction);
    if (!providers.ok()) return providers.status();
    auto taken_in =
        TakenInSince(transaction, panel_case->la_code, parts_.clock->Today() - kShareDays);
    if (!taken_in.ok()) return taken_in.status();
    const auto from = FindSchoolGrid(transaction, panel_case->urn);
    if (!from.ok()) return from.status();
    auto status = RecordReads(transaction, call, std::span(&*panel_case, 1), "panel matching");
    if (!status.ok()) return status;
    const PupilWish wish{.urn = panel_case->urn,
                         .phase = *panel_case->phase,
                         .needs = SplitCodes(AnswerOf(*sections, "needs", "needs")),
                         .from = *from};
    return Known{*panel_case, wish, *std::move(providers), *std::move(taken_in)};
  }

  absl::StatusOr<std::vector<Match>> Schools(const Call& call, const Known& known) const {
    auto schools = parts_.facts->Schools(call, known.panel_case.la_code);
    if (!schools.ok()) return schools.status();
    for (SchoolOption& school : *schools) {
      const auto taken = known.taken_in.find(school.urn);
      if (taken != known.taken_in.end()) school.taken_in = taken->second;
    }
    return MatchSchools(known.wish, *schools);
  }

  const PanelParts& parts_;
};

}  // namespace

void AddMatching(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint.Unary<v1::MatchPlacesRequest, v1::MatchPlacesResponse>(
      "MatchPlaces", Permission::kWritePlacement,
      [&parts](Call& c, const auto& q, auto* r) { return Matching(parts).Find(c, q, r); });
}

}  // namespace pathways::panel
