// The domain's values as messages, and back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pathways/panel/v1/service.pb.h"
#include "services/panel/domain/matching.h"
#include "services/panel/domain/sitting.h"
#include "services/panel/store/action_store.h"
#include "services/panel/store/agenda_store.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/decision_store.h"
#include "services/panel/store/placement_store.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {

// The message's numbers are the domain's, after "not said".
template <typename ProtoEnum, typename Enum>
ProtoEnum ToMessage(Enum value) {
  return static_cast<ProtoEnum>(static_cast<int>(value) + 1);
}
// Nothing for "not said" and for numbers of a later version.
template <const auto& kNames>
auto FromMessage(int number) {
  using Enum = decltype(kNames.Parse("").value());
  std::optional<std::remove_cvref_t<Enum>> value;
  if (number >= 1 && number <= static_cast<int>(kNames.size())) {
    value = static_cast<std::remove_cvref_t<Enum>>(number - 1);
  }
  return value;
}

// What Pathways did itself has no person.
std::string PersonIn(const std::string& person);

void Fill(const PanelCase& panel_case, v1::PanelCase* to);
// Pages in the order of the form, and what is missing on `today`.
void FillSections(const Sections& sections, education::Day today,
                  google::protobuf::RepeatedPtrField<v1::Section>* to);
void FillMissing(const Sections& sections, education::Day today, v1::PanelCase* to);
void FillFacts(const std::vector<Fact>& facts,
               google::protobuf::RepeatedPtrField<v1::PrefilledFact>* to);

void Fill(const Panel& panel, v1::Panel* to);
void Fill(const Sitting& sitting, v1::Sitting* to);
void Fill(const Member& member, v1::Member* to);
void Fill(const Decision& decision, v1::Decision* to);
void Fill(const Action& action, education::Day today, v1::Action* to);
void Fill(const Provider& provider, education::Day today, v1::Provider* to);
void Fill(const Programme& programme, v1::Programme* to);
void Fill(const Match& match, v1::MatchOption* to);
void Fill(const Placement& placement, v1::Placement* to);
void Fill(const Review& review, v1::PlacementReview* to);
void Fill(const TimelineEntry& entry, v1::TimelineEntry* to);

}  // namespace pathways::panel
