#include "services/panel/api/fair_access_api.h"

#include <algorithm>

#include "pathways/panel/v1/fair_access.pb.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/domain/fair_access.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/decision_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using education::Day;
using service::Call;
using storage::Transaction;

constexpr std::string_view kAskedFor = "fair_access_place";

struct Known {
  PanelCase panel_case;
  FairAccessFacts facts;
};

bool IsTrue(const std::vector<Fact>& facts, std::string_view key) {
  return std::ranges::any_of(
      facts, [&](const Fact& fact) { return fact.key == key && fact.value == "Y"; });
}

// The decision in force gives such a place.
absl::StatusOr<std::optional<Day>> DecidedOn(Transaction& transaction,
                                             const PanelCase& panel_case) {
  if (!panel_case.decision) return std::nullopt;
  const auto decision = FindDecision(transaction, *panel_case.decision);
  if (!decision.ok()) return decision.status();
  if (decision->terms.kind != DecisionKind::kFairAccessPlace || !decision->signed_off_at) {
    return std::nullopt;
  }
  return education::LondonDay(*decision->signed_off_at);
}

// What people wrote is not for managers: to them a plan is not known, and the date is shown.
absl::StatusOr<Known> Read(Transaction& transaction, const Call& call, const CaseId& id) {
  auto panel_case = FindCase(transaction, id);
  if (!panel_case.ok()) return panel_case.status();
  const auto sections = ReadSections(transaction, id);
  if (!sections.ok()) return sections.status();
  const auto known = ReadFacts(transaction, id);
  if (!known.ok()) return known.status();
  const auto found = DecidedOn(transaction, *panel_case);
  if (!found.ok()) return found.status();
  auto recorded =
      RecordReads(transaction, call, std::span(&*panel_case, 1), "panel case: fair access");
  if (!recorded.ok()) return recorded;
  FairAccessFacts facts{.asked = panel_case->asked_for == kAskedFor || found->has_value(),
                        .has_plan = AnswerOf(*sections, "needs", "has_plan") == "yes",
                        .looked_after = IsTrue(*known, "looked_after"),
                        .referred = {},
                        .found = *found};
  if (panel_case->referred_at) facts.referred = education::LondonDay(*panel_case->referred_at);
  return Known{*std::move(panel_case), facts};
}

void Fill(const FairAccess& limit, const FairAccessFacts& facts,
          v1::GetFairAccessResponse* response) {
  response->set_state(static_cast<v1::FairAccessState>(limit.state));
  response->set_why_not(limit.why_not);
  if (limit.state == FairAccessState::kNone) return;
  response->set_starts_from(limit.starts_from->ToIso());
  if (limit.due) response->set_due(limit.due->ToIso());
  if (facts.found) response->set_found_on(facts.found->ToIso());
  response->set_rule(kFairAccessRule);
  response->set_source(kFairAccessSource);
  for (const education::CountedDay& counted : limit.days) {
    v1::FairAccessDay* day = response->add_days();
    day->set_day(counted.day.ToIso());
    day->set_number(counted.number);
    day->set_why_skipped(counted.why_skipped);
  }
}

absl::StatusOr<std::shared_ptr<const education::SchoolCalendar>> CalendarOf(
    const FairAccessParts& parts, const Call& call, education::Urn urn) {
  const auto visible = parts.calendars->Visible(call);
  if (!visible.ok()) return visible.status();
  const auto versions = visible->find(urn);
  if (versions == visible->end()) return absl::NotFoundError("There is no such school");
  return parts.calendars->GetCalendar(call, urn, versions->second);
}

absl::Status Get(const FairAccessParts& parts, const Call& call,
                 const v1::GetFairAccessRequest& request, v1::GetFairAccessResponse* response) {
  const auto id = ReadId<CaseId>("case_id", request.case_id());
  if (!id.ok()) return id.status();
  const auto known = Reading(
      parts.panel, call, [&](Transaction& transaction) { return Read(transaction, call, *id); });
  if (!known.ok()) return known.status();
  if (!known->facts.asked || !known->facts.referred) return absl::OkStatus();
  const auto calendar = CalendarOf(parts, call, known->panel_case.urn);
  if (!calendar.ok()) return calendar.status();
  Fill(FairAccessOf(known->facts, **calendar, parts.panel.clock->Today()), known->facts, response);
  return absl::OkStatus();
}

}  // namespace

service::Endpoint FairAccessEndpoint(const FairAccessParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.FairAccessService");
  endpoint.Unary<v1::GetFairAccessRequest, v1::GetFairAccessResponse>(
      "GetFairAccess", Permission::kReadPanel,
      [parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); });
  return endpoint;
}

}  // namespace pathways::panel
