// What the law asks for after an exclusion: the steps of its clock.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pathways::exclusions {

enum class Step : std::uint8_t {
  kNotifyParents,
  kNotifyLocalAuthority,
  kNotifySocialWorker,
  kNotifyVirtualSchoolHead,
  kNotifyGoverningBoard,
  kSetWork,
  kProvisionFrom,
  kGovernorsConsiderBy,
  kBoardDecisionNotice,
  kReviewApplyBy,
  kReviewHearingBy,
  kPanelDecision,
  kGovernorsReconsiderBy,
  kPaymentOrder,
  kRemoveFromRoll,
  kReintegrationMeeting,
};
inline constexpr std::size_t kStepCount = 16;
// In the order above, which is that in which they come.
inline constexpr std::array<Step, kStepCount> kSteps = [] {
  std::array<Step, kStepCount> steps{};
  for (std::size_t i = 0; i < kStepCount; ++i) steps[i] = static_cast<Step>(i);
  return steps;
}();

enum class Owner : std::uint8_t { kSchool, kGoverningBoard, kLocalAuthority, kParents };

std::string_view StepName(Step step);  // "governors_consider_by", as stored and exported
std::optional<Step> StepFromName(std::string_view name);
std::string_view StepTitle(Step step);  // "Governing board to consider the exclusion"

std::string_view OwnerName(Owner owner);  // school, governing_board, local_authority, parents
std::optional<Owner> OwnerFromName(std::string_view name);

constexpr std::size_t IndexOf(Step step) { return static_cast<std::size_t>(step); }

}  // namespace pathways::exclusions
