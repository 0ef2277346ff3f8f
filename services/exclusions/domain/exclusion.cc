#include "services/exclusions/domain/exclusion.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace pathways::exclusions {
namespace {

constexpr std::array<std::string_view, kStates.size()> kStateNames = {"recorded", "cancelled",
                                                                      "withdrawn", "reinstated"};

// Of the day: morning, lunch, afternoon.
int TimeOfDay(const Exclusion& exclusion) {
  if (exclusion.kind == Kind::kLunchtime) return 1;
  return exclusion.start_session == education::Session::kMorning ? 0 : 2;
}

auto Order(const Exclusion& exclusion) {
  return std::tuple(exclusion.start, TimeOfDay(exclusion), exclusion.id);
}

}  // namespace

std::string_view StateName(State state) { return kStateNames[static_cast<std::size_t>(state)]; }

std::optional<State> StateFromName(std::string_view name) {
  const auto found = std::ranges::find(kStateNames, name);
  if (found == kStateNames.end()) return std::nullopt;
  return kStates[static_cast<std::size_t>(found - kStateNames.begin())];
}

bool StartsBefore(const Exclusion& a, const Exclusion& b) { return Order(a) < Order(b); }

education::Day BoardTold(const Exclusion& exclusion) {
  if (exclusion.decisions.board_told_on) return *exclusion.decisions.board_told_on;
  return exclusion.done[IndexOf(Step::kNotifyGoverningBoard)].value_or(exclusion.start);
}

bool CountsInStatistics(const Exclusion& exclusion) {
  if (exclusion.state == State::kWithdrawn) return false;
  if (exclusion.kind == Kind::kPermanent) return exclusion.state == State::kRecorded;
  const bool cancelled = exclusion.state == State::kCancelled;
  return !cancelled || (exclusion.ended_on && *exclusion.ended_on >= exclusion.start);
}

}  // namespace pathways::exclusions
