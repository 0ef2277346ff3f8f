#include "services/exclusions/domain/risk_proposal.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

constexpr std::array<std::string_view, 3> kStates = {"open", "decided", "lapsed"};
constexpr std::array<std::string_view, 4> kDecisions = {"no_action", "school_support", "early_help",
                                                        "refer_to_panel"};

template <typename Value, std::size_t size>
std::optional<Value> FromName(const std::array<std::string_view, size>& names,
                              std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

}  // namespace

std::string_view ProposalStateName(ProposalState state) {
  return kStates[static_cast<std::size_t>(state)];
}
std::optional<ProposalState> ProposalStateFromName(std::string_view name) {
  return FromName<ProposalState>(kStates, name);
}

std::string_view RiskDecisionName(RiskDecision decision) {
  return kDecisions[static_cast<std::size_t>(decision)];
}
std::optional<RiskDecision> RiskDecisionFromName(std::string_view name) {
  return FromName<RiskDecision>(kDecisions, name);
}

ProposalMove NextMove(const std::optional<LastProposal>& last, const RiskFacts& now,
                      bool can_be_proposed, const RiskWeights& weights) {
  const RiskScore score = ScoreOf(now, weights);
  const bool proposes = can_be_proposed && score.proposes;
  if (!last || last->state == ProposalState::kLapsed) {
    return proposes ? ProposalMove::kPropose : ProposalMove::kNothing;
  }
  if (last->state == ProposalState::kOpen) {
    return proposes ? ProposalMove::kFollow : ProposalMove::kLapse;
  }
  if (!proposes) return last->below_since ? ProposalMove::kNothing : ProposalMove::kNoteBelow;
  const bool worse = score.score > ScoreOf(last->facts, weights).score;
  return worse || last->below_since ? ProposalMove::kPropose : ProposalMove::kNothing;
}

}  // namespace pathways::exclusions
