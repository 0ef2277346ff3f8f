#include "services/referrals/domain/request.h"

#include <algorithm>

namespace pathways::referrals {
namespace {

constexpr std::array<std::string_view, kStates.size()> kStateNames = {
    "draft",     "submitted",  "more_asked", "accepted",
    "allocated", "redirected", "declined",   "withdrawn"};

std::optional<State> After(State state, Action action) {
  const bool with_school = state == State::kDraft || state == State::kMoreAsked;
  const bool undecided = state == State::kSubmitted || state == State::kMoreAsked;
  switch (action) {
    case Action::kSave:
      if (with_school) return state;
      break;
    case Action::kSubmit:
      if (with_school) return State::kSubmitted;
      break;
    case Action::kWithdraw:
      if (with_school || undecided) return State::kWithdrawn;
      break;
    case Action::kAskForMore:
      if (state == State::kSubmitted) return State::kMoreAsked;
      break;
    case Action::kRedirect:
      if (undecided) return State::kRedirected;
      break;
    case Action::kDecline:
      if (undecided) return State::kDeclined;
      break;
    case Action::kAccept:
      if (undecided) return State::kAccepted;
      break;
    case Action::kAllocate:
      if (state == State::kAccepted || state == State::kAllocated) return State::kAllocated;
      break;
  }
  return std::nullopt;
}

std::string_view WhyNot(State state) {
  switch (state) {
    case State::kDraft:
      return "The request has not been sent yet";
    case State::kSubmitted:
      return "The request is with Early Help, who have not decided yet";
    case State::kMoreAsked:
      return "Early Help already waits for an answer from the school";
    case State::kAccepted:
    case State::kAllocated:
      return "The request has been accepted";
    case State::kRedirected:
      return "The request has been sent on to another service";
    case State::kDeclined:
      return "The request has been declined";
    case State::kWithdrawn:
      break;
  }
  return "The request has been withdrawn";
}

}  // namespace

std::string_view StateName(State state) { return kStateNames[static_cast<std::size_t>(state)]; }

std::optional<State> StateFromName(std::string_view name) {
  const auto found = std::ranges::find(kStateNames, name);
  if (found == kStateNames.end()) return std::nullopt;
  return kStates[static_cast<std::size_t>(found - kStateNames.begin())];
}

Side SideOf(Action action) {
  switch (action) {
    case Action::kSave:
    case Action::kSubmit:
    case Action::kWithdraw:
      return Side::kAsking;
    case Action::kAskForMore:
    case Action::kRedirect:
    case Action::kDecline:
    case Action::kAccept:
    case Action::kAllocate:
      break;
  }
  return Side::kEarlyHelp;
}

absl::StatusOr<State> Next(State state, Action action, Sides sides) {
  if (SideOf(action) == Side::kAsking && !sides.asking) {
    return absl::PermissionDeniedError("This is for the school to do");
  }
  if (SideOf(action) == Side::kEarlyHelp && !sides.early_help) {
    return absl::PermissionDeniedError("This is for Early Help to do");
  }
  const auto after = After(state, action);
  if (!after.has_value()) return absl::FailedPreconditionError(std::string(WhyNot(state)));
  return *after;
}

}  // namespace pathways::referrals
