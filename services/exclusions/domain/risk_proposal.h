// A proposal of help and what becomes of it. It is made once, follows the facts while nobody has
// decided, and stands as it was afterwards.
//
//   open -> decided (decided again any number of times) | lapsed
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "services/exclusions/domain/risk.h"

namespace pathways::exclusions {

enum class ProposalState : std::uint8_t { kOpen, kDecided, kLapsed };
std::string_view ProposalStateName(ProposalState state);  // "open", as stored
std::optional<ProposalState> ProposalStateFromName(std::string_view name);

enum class RiskDecision : std::uint8_t { kNoAction, kSchoolSupport, kEarlyHelp, kReferToPanel };
std::string_view RiskDecisionName(RiskDecision decision);  // "no_action", as stored and published
std::optional<RiskDecision> RiskDecisionFromName(std::string_view name);

// The pupil's last proposal.
struct LastProposal {
  ProposalState state;
  RiskFacts facts;  // while open as last looked at, afterwards those it was decided on
  // Decided: the facts have been below the threshold since.
  bool below_since = false;
};

enum class ProposalMove : std::uint8_t { kNothing, kPropose, kFollow, kLapse, kNoteBelow };

// What the facts as they are now ask for. After a decision help is proposed again only when the
// facts got worse since - by the weights that are on now, so that a change of weights alone brings
// nothing back - or when they were better in between.
ProposalMove NextMove(const std::optional<LastProposal>& last, const RiskFacts& now,
                      bool can_be_proposed, const RiskWeights& weights);

}  // namespace pathways::exclusions
