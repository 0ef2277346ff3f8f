// The plan for a pupil's return from a placement to a school, and what became of it:
//
//   draft <-> agreed -> returned -> held | broke_down
//
// A change of an agreed plan makes it a draft again. It is agreed when the school, the parents and
// the pupil have been heard; the return itself never waits for a parent's signature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/panel/domain/placement.h"

namespace pathways::panel {

using StepId = education::Uuid<struct StepIdTag>;

enum class PlanState : std::uint8_t { kDraft, kAgreed, kReturned, kHeld, kBrokeDown };
inline constexpr auto kPlanStateNames =
    MakeNames<PlanState>({"draft", "agreed", "returned", "held", "broke_down"});

enum class PlanAction : std::uint8_t { kSave, kAgree, kReturn, kHold, kBreakDown, kReview };
// FAILED_PRECONDITION, in words for the person who tried, when the state does not allow it.
absl::StatusOr<PlanState> Next(PlanState state, PlanAction action);

// Who may owe a step.
bool IsAgency(std::string_view code);

struct ReintegrationStep {
  StepId id;
  std::string what = {};
  std::string owner = {};  // agency
  education::Day due;
  std::optional<education::Day> done_on = {};
  std::string done_by = {};
};
inline constexpr std::size_t kMostSteps = 30;

enum class ReturnOutcome : std::uint8_t { kGoingWell, kNeedsMore, kHeld, kBrokeDown };
inline constexpr auto kReturnOutcomeNames =
    MakeNames<ReturnOutcome>({"going_well", "needs_more", "held", "broke_down"});

struct ReturnReview {
  education::Day day;
  ReturnOutcome outcome = ReturnOutcome::kGoingWell;
  std::string words = {};
  std::optional<education::Day> next_review = {};
  std::string person = {};
};

struct ReintegrationPlan {
  PlacementId placement;
  CaseId panel_case;
  education::PupilId pupil;
  education::Urn urn;  // school of the case
  education::LaCode la_code;
  PlanState state = PlanState::kDraft;
  std::int64_t version = 1;
  education::Urn to_urn;
  education::Day first_day;
  // A part-time timetable is the exception and has an end (guidance on school attendance, August
  // 2024); nothing: full time from the first day.
  std::optional<education::Day> phased_until = {};
  std::string support = {};
  std::string pupil_view = {};
  std::string parent_view = {};
  std::optional<education::Day> next_review = {};
  std::optional<education::Instant> agreed_at = {};
  std::string agreed_by = {};
  bool parents_agree = false;
  std::string updated_by = {};
  education::Instant updated_at = {};
  std::string last_call = {};
  std::vector<ReintegrationStep> steps = {};  // by day due
  std::vector<ReturnReview> reviews = {};     // newest first
};

// Problems by field.
std::vector<forms::Problem> CheckPlan(const ReintegrationPlan& plan, const Placement& placement);
std::vector<forms::Problem> CheckStep(const ReintegrationStep& step, const ReintegrationPlan& plan);
// What a plan lacks before it can be agreed; each names a field of the plan.
std::vector<forms::Problem> WhatAgreementLacks(const ReintegrationPlan& plan, bool school_agrees);
std::vector<forms::Problem> CheckReturnReview(const ReintegrationPlan& plan,
                                              const ReturnReview& review, education::Day today);

}  // namespace pathways::panel
