#include "services/exclusions/domain/decisions.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pathways::exclusions {
namespace {

constexpr std::array<std::string_view, 2> kBoard = {"decline", "reinstate"};
constexpr std::array<std::string_view, 3> kPanel = {"uphold", "recommend", "quash"};

template <typename Decision, std::size_t N>
std::optional<Decision> FromName(const std::array<std::string_view, N>& names,
                                 std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Decision>(found - names.begin());
}

}  // namespace

std::string_view BoardDecisionName(BoardDecision decision) {
  return kBoard[static_cast<std::size_t>(decision)];
}

std::optional<BoardDecision> BoardDecisionFromName(std::string_view name) {
  return FromName<BoardDecision>(kBoard, name);
}

std::string_view PanelDecisionName(PanelDecision decision) {
  return kPanel[static_cast<std::size_t>(decision)];
}

std::optional<PanelDecision> PanelDecisionFromName(std::string_view name) {
  return FromName<PanelDecision>(kPanel, name);
}

std::optional<BoardDecision> FinalBoardDecision(const Decisions& decisions) {
  if (decisions.reconsidered_decision) return decisions.reconsidered_decision;
  return decisions.board_decision;
}

}  // namespace pathways::exclusions
