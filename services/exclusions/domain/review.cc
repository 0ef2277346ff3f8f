#include "services/exclusions/domain/review.h"

namespace pathways::exclusions {

std::string_view MeaningOf(PanelDecision decision) {
  switch (decision) {
    case PanelDecision::kUphold:
      return "The panel upholds the governing board's decision.";
    case PanelDecision::kRecommend:
      return "The panel recommends that the governing board consider the case again.";
    case PanelDecision::kQuash:
      break;
  }
  return "The panel quashes the decision as unlawful, unreasonable or procedurally unfair, and "
         "directs the governing board to consider the case again.";
}

Payment PaymentOf(const Exclusion& exclusion, const StatutoryClock& clock, education::Day today) {
  const Decisions& decisions = exclusion.decisions;
  const bool in_force = exclusion.state == State::kRecorded;
  const bool quashed = decisions.panel_decision == PanelDecision::kQuash;
  if (!in_force || !quashed) return {};
  const StepDate& date = clock[Step::kPaymentOrder];
  const int pounds = clock.rules->payment_pounds;
  if (date.kind == DueKind::kWithoutDelay) {
    return {PaymentState::kOwed, pounds, date.counting.from};
  }
  const bool owed = date.due && *date.due <= today;
  return {owed ? PaymentState::kOwed : PaymentState::kPending, pounds, date.due};
}

}  // namespace pathways::exclusions
