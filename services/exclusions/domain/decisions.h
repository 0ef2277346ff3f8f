// What parents, governing board and independent review panel said and decided. Every day is the day
// it happened; nothing: it has not (or nobody told Pathways).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "libs/education/day.h"

namespace pathways::exclusions {

enum class BoardDecision : std::uint8_t { kDecline, kReinstate };
std::string_view BoardDecisionName(BoardDecision decision);  // decline, reinstate
std::optional<BoardDecision> BoardDecisionFromName(std::string_view name);

enum class PanelDecision : std::uint8_t { kUphold, kRecommend, kQuash };
std::string_view PanelDecisionName(PanelDecision decision);  // uphold, recommend, quash
std::optional<PanelDecision> PanelDecisionFromName(std::string_view name);

struct Decisions {
  std::optional<education::Day> board_told_on = {};  // nothing: taken as the first day
  std::optional<education::Day> representations_on = {};
  std::optional<education::Day> board_met_on = {};
  std::optional<BoardDecision> board_decision = {};
  std::optional<education::Day> reinstated_from = {};     // pupil back, when reinstated
  std::optional<education::Day> decision_notice_on = {};  // given, not sent (notice.h)
  std::optional<education::Day> review_waived_on = {};    // in writing: they will not apply
  std::optional<education::Day> review_applied_on = {};   // made, not sent (notice.h)
  std::optional<education::Day> panel_met_on = {};
  std::optional<PanelDecision> panel_decision = {};
  std::optional<education::Day> panel_notice_on = {};
  std::optional<education::Day> reconsidered_on = {};
  std::optional<BoardDecision> reconsidered_decision = {};

  friend bool operator==(const Decisions&, const Decisions&) = default;
};

// The board's last word: after a reconsideration, if there was one.
std::optional<BoardDecision> FinalBoardDecision(const Decisions& decisions);

}  // namespace pathways::exclusions
