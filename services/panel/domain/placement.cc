#include "services/panel/domain/placement.h"

#include "libs/forms/words.h"

namespace pathways::panel {
namespace {

using education::Day;
using forms::Problem;

std::optional<PlacementState> After(PlacementState state, PlacementAction action) {
  using enum PlacementState;
  const bool before_start = state == kOffered || state == kAccepted;
  switch (action) {
    case PlacementAction::kAccept:
      if (state == kOffered) return kAccepted;
      break;
    case PlacementAction::kDecline:
      if (before_start) return kDeclined;
      break;
    case PlacementAction::kWithdraw:
      if (before_start) return kWithdrawn;
      break;
    case PlacementAction::kStart:
      if (state == kAccepted) return kStarted;
      break;
    case PlacementAction::kReview:
      if (state == kStarted) return kStarted;
      break;
    case PlacementAction::kEnd:
      if (state == kStarted) return kEnded;
      break;
  }
  return std::nullopt;
}

std::string_view WhyNot(PlacementState state) {
  switch (state) {
    case PlacementState::kOffered:
      return "The place has not been accepted yet";
    case PlacementState::kAccepted:
      return "The pupil has not started there yet";
    case PlacementState::kStarted:
      return "The pupil has started there";
    case PlacementState::kEnded:
      return "The placement has ended";
    case PlacementState::kDeclined:
      return "The offer was declined";
    case PlacementState::kWithdrawn:
      break;
  }
  return "The offer was taken back";
}

}  // namespace

absl::StatusOr<PlacementState> Next(PlacementState state, PlacementAction action) {
  const auto after = After(state, action);
  if (!after) return absl::FailedPreconditionError(std::string(WhyNot(state)));
  return *after;
}

bool HoldsPlace(PlacementState state) {
  return state == PlacementState::kOffered || state == PlacementState::kAccepted ||
         state == PlacementState::kStarted;
}

absl::Status CheckOffer(const Terms& terms, DecisionState state, std::optional<int> chosen_tier) {
  if (state != DecisionState::kFinal) {
    return absl::FailedPreconditionError(
        "Only a decision that is signed off, and that no later one replaced, leads to a place");
  }
  if (!NeedsPlacement(terms)) {
    return absl::FailedPreconditionError("No place follows from this decision");
  }
  if (!terms.receiving && !chosen_tier) {
    return absl::InvalidArgumentError("Choose a programme");
  }
  if (terms.receiving && chosen_tier) {
    return absl::InvalidArgumentError("The panel decided for a school, not for a programme");
  }
  if (chosen_tier && *chosen_tier != terms.tier) {
    return absl::InvalidArgumentError("Choose a programme of the tier the panel decided");
  }
  return absl::OkStatus();
}

std::vector<Problem> CheckReview(const Placement& placement, const Review& review,
                                 const std::optional<Day>& planned_end, Day today) {
  std::vector<Problem> problems;
  if (review.day > today || review.day < placement.start_day) {
    problems.push_back({"review.day", "Choose a day from the start of the placement to today"});
  }
  if (auto problem = forms::CheckWords("review.words", review.words, kLeastWords, kMostWords)) {
    problems.push_back(*std::move(problem));
  }
  if (review.next_review && *review.next_review <= review.day) {
    problems.push_back({"review.next_review", "Choose a day after this review"});
  }
  if (review.outcome == ReviewOutcome::kExtend) {
    if (!planned_end || (placement.planned_end && *planned_end <= *placement.planned_end)) {
      problems.push_back({"planned_end", "Enter the new last day, later than the one planned"});
    }
  } else if (planned_end) {
    problems.push_back({"planned_end", "Only an extension changes the last day"});
  }
  return problems;
}

bool IsReintegration(EndReason reason) {
  return reason == EndReason::kReturnedToSchool || reason == EndReason::kNewSchool;
}

std::vector<Problem> CheckEnd(const Placement& placement, EndReason reason, Day day,
                              std::string_view words, Day today) {
  std::vector<Problem> problems;
  if (day > today || day < placement.start_day) {
    problems.push_back({"day", "Choose a day from the start of the placement to today"});
  }
  const bool says_why = reason == EndReason::kBrokeDown || reason == EndReason::kOther;
  if (auto problem = forms::CheckWords("words", words, says_why ? kLeastWords : 0, kMostWords)) {
    problems.push_back(*std::move(problem));
  }
  if (!IsReintegration(reason)) return problems;
  const bool stays = placement.receiving && reason == EndReason::kNewSchool;
  if (!placement.reintegration_urn || !placement.reintegration_day) {
    if (stays) return problems;
    problems.push_back({"reason",
                        "Write the plan for the return first, and have it agreed: it names the "
                        "school and the first day there"});
  } else if (*placement.reintegration_day < day) {
    problems.push_back({"day", "The first day in the school is before the last day here"});
  } else if (reason == EndReason::kReturnedToSchool &&
             placement.reintegration_urn != placement.urn) {
    problems.push_back({"reason", "The plan names another school: choose \"new school\""});
  }
  return problems;
}

}  // namespace pathways::panel
