#include "libs/education/absence_state.h"

#include <algorithm>
#include <optional>

#include "absl/status/status.h"
#include "libs/education/academic_year.h"

namespace pathways::education {
namespace {

struct KindName {
  CrossingKind kind;
  std::string_view name;
};
constexpr std::array kNames = {
    KindName{CrossingKind::kPersistent, "persistent"},
    KindName{CrossingKind::kSevere, "severe"},
    KindName{CrossingKind::kRecoveredPersistent, "recovered_persistent"},
    KindName{CrossingKind::kRecoveredSevere, "recovered_severe"},
    KindName{CrossingKind::kUnauthorised, "unauthorised_10_in_10_weeks"},
};

}  // namespace

std::string_view ToString(CrossingKind kind) {
  return std::find_if(kNames.begin(), kNames.end(),
                      [kind](const KindName& name) { return name.kind == kind; })
      ->name;
}

absl::StatusOr<CrossingKind> ParseCrossingKind(std::string_view text) {
  for (const KindName& name : kNames) {
    if (name.name == text) return name.kind;
  }
  return absl::InvalidArgumentError("this is no kind of crossing");
}

std::vector<Crossing> AbsenceCrossings(std::span<const SumsToDay> days,
                                       int minimum_possible_sessions) {
  std::vector<Crossing> crossings;
  std::optional<AcademicYear> year;
  AbsenceState before;
  for (const auto& [day, sums] : days) {
    const AcademicYear year_of_day = AcademicYear::Of(day);
    if (year != year_of_day) before = {};
    year = year_of_day;
    const AbsenceState after = StateAt(sums, minimum_possible_sessions);
    for (const CrossingKind kind : Transition(before, after)) {
      crossings.push_back({kind, day, sums.possible, sums.absent()});
    }
    before = after;
  }
  return crossings;
}

}  // namespace pathways::education
