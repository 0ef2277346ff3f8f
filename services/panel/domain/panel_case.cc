#include "services/panel/domain/panel_case.h"

#include "libs/education/academic_year.h"

namespace pathways::panel {
namespace {

std::optional<CaseState> After(CaseState state, CaseAction action) {
  using enum CaseState;
  const bool waiting = state == kReferred || state == kScheduled;
  switch (action) {
    case CaseAction::kSave:
      if (state == kDraft || waiting) return state;
      break;
    case CaseAction::kRefer:
      if (state == kDraft) return kReferred;
      break;
    case CaseAction::kSchedule:
      if (state == kReferred) return kScheduled;
      if (state == kDecided) return kDecided;
      break;
    case CaseAction::kUnschedule:
      if (state == kScheduled) return kReferred;
      if (state == kDecided) return kDecided;
      break;
    case CaseAction::kDecide:
      if (state == kScheduled || state == kDecided) return kDecided;
      break;
    case CaseAction::kDefer:
      if (state == kScheduled) return kReferred;
      break;
    case CaseAction::kWithdraw:
      if (state == kDraft || waiting) return kWithdrawn;
      break;
    case CaseAction::kClose:
      if (waiting || state == kDecided) return kClosed;
      break;
  }
  return std::nullopt;
}

std::string_view WhyNot(CaseState state) {
  switch (state) {
    case CaseState::kDraft:
      return "The case has not been referred to the panel yet";
    case CaseState::kReferred:
      return "The case is not on the agenda of a sitting";
    case CaseState::kScheduled:
      return "The case is on the agenda of a sitting, which has not decided yet";
    case CaseState::kDecided:
      return "The panel has decided this case; a change is a new decision";
    case CaseState::kClosed:
      return "The case is closed";
    case CaseState::kWithdrawn:
      break;
  }
  return "The case has been withdrawn";
}

}  // namespace

std::optional<Phase> PhaseOfSchool(std::string_view published) {
  // "State-funded primary" in some files, "Middle deemed secondary" in others.
  const bool primary = published.find("rimary") != published.npos;
  const bool secondary = published.find("econdary") != published.npos;
  if (primary == secondary) return std::nullopt;
  return primary ? Phase::kPrimary : Phase::kSecondary;
}

absl::StatusOr<CaseState> Next(CaseState state, CaseAction action) {
  const auto after = After(state, action);
  if (!after) return absl::FailedPreconditionError(std::string(WhyNot(state)));
  return *after;
}

bool OpensCase(education::Day education_due, education::Day recorded) {
  return education::AcademicYear::Of(education_due) >= education::AcademicYear::Of(recorded);
}

absl::Status CheckWritable(const PanelCase& panel_case) {
  if (panel_case.sealed) {
    return absl::FailedPreconditionError(
        "The pack of this case is sealed: its pages cannot be changed before the panel has met");
  }
  return Next(panel_case.state, CaseAction::kSave).status();
}

absl::Status CheckWithdrawable(const PanelCase& panel_case) {
  if (panel_case.exclusion) {
    return absl::FailedPreconditionError(
        "A permanent exclusion opened this case: it ends when the exclusion does");
  }
  return Next(panel_case.state, CaseAction::kWithdraw).status();
}

}  // namespace pathways::panel
