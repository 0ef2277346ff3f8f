#include "services/panel/domain/reintegration.h"

#include <algorithm>
#include <array>

#include "libs/forms/words.h"

namespace pathways::panel {
namespace {

using education::Day;
using forms::Problem;
using Problems = std::vector<Problem>;

// A part-time timetable is short.
constexpr int kLongestPhase = 12 * 7;

constexpr std::array<std::string_view, 10> kAgencies = {
    "school",      "receiving_school",       "authority",       "send",     "early_help",
    "social_care", "educational_psychology", "police_or_youth", "provider", "virtual_school"};

std::optional<PlanState> After(PlanState state, PlanAction action) {
  using enum PlanState;
  const bool before = state == kDraft || state == kAgreed;
  switch (action) {
    case PlanAction::kSave:
      if (before) return kDraft;
      break;
    case PlanAction::kAgree:
      if (state == kDraft) return kAgreed;
      break;
    case PlanAction::kReturn:
      if (state == kAgreed) return kReturned;
      break;
    case PlanAction::kReview:
      if (state == kReturned) return kReturned;
      break;
    case PlanAction::kHold:
      if (state == kReturned) return kHeld;
      break;
    case PlanAction::kBreakDown:
      if (state == kReturned) return kBrokeDown;
      break;
  }
  return std::nullopt;
}

std::string_view WhyNot(PlanState state) {
  switch (state) {
    case PlanState::kDraft:
      return "The plan has not been agreed yet";
    case PlanState::kAgreed:
      return "The plan is agreed; the pupil is not back yet";
    case PlanState::kReturned:
      return "The pupil is back at a school: keep a review instead";
    case PlanState::kHeld:
      return "The return has held: the plan is finished";
    case PlanState::kBrokeDown:
      break;
  }
  return "The return broke down: the plan is finished";
}

void AddWords(std::string_view field, const std::string& words, std::size_t least,
              Problems& problems) {
  if (auto problem = forms::CheckWords(field, words, least, kMostWords)) {
    problems.push_back(*std::move(problem));
  }
}

}  // namespace

absl::StatusOr<PlanState> Next(PlanState state, PlanAction action) {
  const auto after = After(state, action);
  if (!after) return absl::FailedPreconditionError(std::string(WhyNot(state)));
  return *after;
}

bool IsAgency(std::string_view code) {
  return std::ranges::find(kAgencies, code) != kAgencies.end();
}

Problems CheckPlan(const ReintegrationPlan& plan, const Placement& placement) {
  Problems problems;
  if (plan.first_day <= placement.start_day) {
    problems.push_back({"first_day", "Choose a day after the start of the placement"});
  }
  if (plan.phased_until && (*plan.phased_until <= plan.first_day ||
                            *plan.phased_until - plan.first_day > kLongestPhase)) {
    problems.push_back(
        {"phased_until", "Choose the day from which it is full time, within 12 weeks"});
  }
  if (plan.next_review && *plan.next_review < plan.first_day) {
    problems.push_back({"next_review", "Choose a day after the return"});
  }
  AddWords("support", plan.support, kLeastWords, problems);
  AddWords("pupil_view", plan.pupil_view, 0, problems);
  AddWords("parent_view", plan.parent_view, 0, problems);
  return problems;
}

Problems CheckStep(const ReintegrationStep& step, const ReintegrationPlan& plan) {
  Problems problems;
  if (auto problem = forms::CheckWords("what", step.what, 3, 500)) problems.push_back(*problem);
  if (!IsAgency(step.owner)) problems.push_back({"owner_agency", "Choose who does it"});
  const bool known = std::ranges::any_of(
      plan.steps, [&](const ReintegrationStep& one) { return one.id == step.id; });
  if (!known && plan.steps.size() >= kMostSteps) {
    problems.push_back({"what", "The plan has 30 steps already; put some of them together"});
  }
  return problems;
}

Problems WhatAgreementLacks(const ReintegrationPlan& plan, bool school_agrees) {
  Problems problems;
  if (!school_agrees) {
    problems.push_back({"school_agrees", "The school the pupil goes to has to agree first"});
  }
  if (plan.pupil_view.empty()) {
    problems.push_back({"pupil_view", "Write down what the pupil says to the plan"});
  }
  if (plan.parent_view.empty()) {
    problems.push_back({"parent_view", "Write down what the parents say to the plan"});
  }
  if (plan.steps.empty()) {
    problems.push_back({"steps", "Add at least one step: what is done, by whom and by when"});
  }
  if (!plan.next_review) problems.push_back({"next_review", "Enter the day of the first review"});
  return problems;
}

Problems CheckReturnReview(const ReintegrationPlan& plan, const ReturnReview& review, Day today) {
  Problems problems;
  if (review.day > today || review.day < plan.first_day) {
    problems.push_back({"review.day", "Choose a day from the first day back to today"});
  }
  AddWords("review.words", review.words, kLeastWords, problems);
  const bool over =
      review.outcome == ReturnOutcome::kHeld || review.outcome == ReturnOutcome::kBrokeDown;
  if (over && review.next_review) {
    problems.push_back({"review.next_review", "This is the last review: leave it empty"});
  } else if (!over && (!review.next_review || *review.next_review <= review.day)) {
    problems.push_back({"review.next_review", "Enter the next review, a day after this one"});
  }
  return problems;
}

}  // namespace pathways::panel
