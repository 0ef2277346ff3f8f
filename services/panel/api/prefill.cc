#include "services/panel/api/prefill.h"

#include "libs/education/pupil_characteristics.h"
#include "libs/service/log.h"

namespace pathways::panel {
namespace {

void AddFacts(const PanelParts& parts, std::string_view source,
              const absl::StatusOr<KnownFacts>& known, std::vector<Fact>& facts) {
  const education::Instant now = parts.clock->Now();
  if (known.ok()) {
    for (const auto& [key, value] : *known) {
      facts.push_back({key, value, std::string(source), now});
    }
    return;
  }
  // Shown as one fact that could not be had.
  facts.push_back({std::string(source) + "_facts", "", std::string(source), now});
  service::LogWarning("a case is made without some facts",
                      {{"source", source}, {"error", known.status()}});
  parts.metrics
      ->GetCounter("panel_facts_missing_total",
                   "Cases made although a service could not tell its facts",
                   {{"source", std::string(source)}})
      .Add();
}

KnownFacts OfPupil(const PupilFacts& pupil) {
  return {{"year_group", pupil.year_group},
          {"sen_provision", pupil.sen_provision},
          {"pupil_premium", std::string(education::YesNoToString(pupil.pupil_premium))},
          {"looked_after", std::string(education::YesNoToString(pupil.looked_after))}};
}

}  // namespace

absl::StatusOr<Prefilled> Prefill(const PanelParts& parts, const service::Call& call,
                                  const education::PupilId& pupil, education::Urn urn) {
  auto known = parts.facts->OfPupil(call, pupil, urn);
  if (!known.ok()) return known.status();
  if (!call.caller().scope.CoversSchool(urn, known->la_code)) {
    return absl::NotFoundError("There is no such school");
  }
  Prefilled prefilled{.pupil = *std::move(known), .facts = {}};
  AddFacts(parts, "registry", OfPupil(prefilled.pupil), prefilled.facts);
  AddFacts(parts, "attendance", parts.facts->OfAttendance(call, pupil, urn), prefilled.facts);
  AddFacts(parts, "exclusions", parts.facts->OfExclusions(call, pupil), prefilled.facts);
  AddFacts(parts, "referrals", parts.facts->OfReferrals(call, pupil), prefilled.facts);
  return prefilled;
}

}  // namespace pathways::panel
