// The independent review panel and what its decision asks of the board and the school.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/education/day.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/decisions.h"
#include "services/exclusions/domain/exclusion.h"

namespace pathways::exclusions {

// Grounds on which a panel may quash: the decision was unlawful, unreasonable or procedurally
// unfair. Source: Education Act 2002 s. 51A(4).
std::string_view MeaningOf(PanelDecision decision);  // in a sentence

// Whether the board has to look again.
constexpr bool AsksToReconsider(PanelDecision decision) {
  return decision != PanelDecision::kUphold;
}

enum class PaymentState : std::uint8_t {
  kNone,     // not quashed, or reinstated
  kPending,  // quashed: owed unless the board reinstates in time
  kOwed,     // the board declined again, or did not consider again in time
};
struct Payment {
  PaymentState state = PaymentState::kNone;
  int pounds = 0;                           // what is or would be owed
  std::optional<education::Day> from = {};  // owed from
};
// An adjustment of the school's budget share, for an academy a payment. Source: SI 2012/1033
// reg. 16(5).
Payment PaymentOf(const Exclusion& exclusion, const StatutoryClock& clock, education::Day today);

}  // namespace pathways::exclusions
