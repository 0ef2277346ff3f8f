#include "services/exclusions/domain/step.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

struct Row {
  Step step;
  std::string_view name;
  std::string_view title;
};
using enum Step;
constexpr std::array<Row, kStepCount> kRows = {{
    {kNotifyParents, "notify_parents", "Tell the parents in writing"},
    {kNotifyLocalAuthority, "notify_local_authority", "Tell the local authority"},
    {kNotifySocialWorker, "notify_social_worker", "Tell the social worker"},
    {kNotifyVirtualSchoolHead, "notify_virtual_school_head", "Tell the virtual school head"},
    {kNotifyGoverningBoard, "notify_governing_board", "Tell the governing board"},
    {kSetWork, "set_work", "Set and mark work"},
    {kProvisionFrom, "provision_from", "Full-time education begins"},
    {kGovernorsConsiderBy, "governors_consider_by", "Governing board to consider the exclusion"},
    {kBoardDecisionNotice, "board_decision_notice", "Notice of the governing board's decision"},
    {kReviewApplyBy, "review_apply_by", "Parents to apply for a review"},
    {kReviewHearingBy, "review_hearing_by", "Review panel to meet"},
    {kPanelDecision, "panel_decision", "Notice of the review panel's decision"},
    {kGovernorsReconsiderBy, "governors_reconsider_by", "Governing board to reconsider"},
    {kPaymentOrder, "payment_order", "Payment after a quashed exclusion"},
    {kRemoveFromRoll, "remove_from_roll", "Pupil may be taken off the roll"},
    {kReintegrationMeeting, "reintegration_meeting", "Reintegration meeting and plan"},
}};

constexpr std::array<std::string_view, 4> kOwners = {"school", "governing_board", "local_authority",
                                                     "parents"};

}  // namespace

std::string_view StepName(Step step) { return kRows[IndexOf(step)].name; }

std::optional<Step> StepFromName(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &Row::name);
  if (found == kRows.end()) return std::nullopt;
  return found->step;
}

std::string_view StepTitle(Step step) { return kRows[IndexOf(step)].title; }

std::string_view OwnerName(Owner owner) { return kOwners[static_cast<std::size_t>(owner)]; }

std::optional<Owner> OwnerFromName(std::string_view name) {
  const auto found = std::ranges::find(kOwners, name);
  if (found == kOwners.end()) return std::nullopt;
  return static_cast<Owner>(found - kOwners.begin());
}

}  // namespace pathways::exclusions
