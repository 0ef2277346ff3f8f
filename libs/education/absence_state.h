// When an enrolment's absence becomes persistent or severe, and when it recovers.
//
// The state on a school day D uses the marks from the start of the academic year (or of the
// enrolment) to D. Each academic year begins with both states false: nothing crosses or recovers
// because a year ended.
//
// The authority's minimum of possible sessions holds for both states. The rule gives it with
// "persistent" and then only another ratio for "severe"; and nobody can be severely but not
// persistently absent. So a pupil ill on the first day of term is neither.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/session_sums.h"

namespace pathways::education {

inline constexpr int kDefaultMinimumPossibleSessions = 20;

struct AbsenceState {
  bool persistent = false;
  bool severe = false;

  friend constexpr bool operator==(const AbsenceState&, const AbsenceState&) = default;
};

// `sums` from the start of the academic year; `minimum_possible_sessions` is the authority's
// setting.
constexpr AbsenceState StateAt(const SessionSums& sums, int minimum_possible_sessions) {
  if (sums.possible < minimum_possible_sessions) return {};
  return {.persistent = IsPersistent(sums), .severe = IsSevere(sums)};
}

enum class CrossingKind : std::uint8_t {
  kPersistent,
  kSevere,
  kRecoveredPersistent,
  kRecoveredSevere,
  kUnauthorised,  // unauthorised_threshold.h
};
// persistent, severe, recovered_persistent, recovered_severe, unauthorised_10_in_10_weeks.
std::string_view ToString(CrossingKind kind);
absl::StatusOr<CrossingKind> ParseCrossingKind(std::string_view text);

// At most two kinds in one step, in the order persistent, severe. Allocates nothing.
class CrossingKinds {
 public:
  constexpr void Add(CrossingKind kind) { kinds_[size_++] = kind; }
  constexpr const CrossingKind* begin() const { return kinds_.data(); }
  constexpr const CrossingKind* end() const { return kinds_.data() + size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr std::size_t size() const { return size_; }

 private:
  std::array<CrossingKind, 2> kinds_{};
  std::size_t size_ = 0;
};

// What one school day changed. `before` is the state on the day before in the same academic year,
// or {} at its start.
constexpr CrossingKinds Transition(AbsenceState before, AbsenceState after) {
  CrossingKinds kinds;
  if (before.persistent != after.persistent) {
    kinds.Add(after.persistent ? CrossingKind::kPersistent : CrossingKind::kRecoveredPersistent);
  }
  if (before.severe != after.severe) {
    kinds.Add(after.severe ? CrossingKind::kSevere : CrossingKind::kRecoveredSevere);
  }
  return kinds;
}

struct Crossing {
  CrossingKind kind;
  Day day;
  int possible;  // sessions since the start of the academic year, on that day
  int absent;

  friend bool operator==(const Crossing&, const Crossing&) = default;
};

// One enrolment's sums from the start of the academic year up to and including `day`.
struct SumsToDay {
  Day day;
  SessionSums sums;
};

// All crossings of one enrolment. `days` in order of time, any number of academic years, sums
// beginning again in each.
std::vector<Crossing> AbsenceCrossings(std::span<const SumsToDay> days,
                                       int minimum_possible_sessions);

}  // namespace pathways::education
