#include "tools/demo/excluded_marks.h"

#include <optional>

namespace pathways::demo {
namespace {

using education::Day;
using education::Session;

constexpr int kDaysWithoutProvision = 5;

bool IsOut(const Exclusion& exclusion, Day day, Session session) {
  const bool permanent = exclusion.kind == ExclusionKind::kPermanent;
  if (day < exclusion.start || (!permanent && day > exclusion.end)) return false;
  if (session == Session::kMorning) {
    return day > exclusion.start || exclusion.start_session == Session::kMorning;
  }
  return permanent || day < exclusion.end || !exclusion.ends_with_morning();
}

// `number`: of the school day in the run.
SessionMark MarkOf(ExclusionKind kind, int number) {
  if (number <= kDaysWithoutProvision) return {'E', 'E', 0};
  return kind == ExclusionKind::kPermanent ? SessionMark{'K', 'K', 0} : SessionMark{'B', 'B', 0};
}

void MarkOne(const Exclusion& exclusion, Day run_first, const education::SchoolCalendar& calendar,
             std::vector<DayMarks>& marks) {
  for (DayMarks& day : marks) {
    for (const Session session : {Session::kMorning, Session::kAfternoon}) {
      if (!IsOut(exclusion, day.day, session)) continue;
      day.sessions[static_cast<std::size_t>(session)] =
          MarkOf(exclusion.kind, calendar.SchoolDaysBetween(run_first, day.day));
    }
  }
}

}  // namespace

void MarkExclusions(std::span<const Exclusion* const> exclusions,
                    const education::SchoolCalendar& calendar, std::vector<DayMarks>& marks) {
  std::optional<Day> run_first;
  std::optional<Day> run_last;
  for (const Exclusion* exclusion : exclusions) {
    if (exclusion->kind == ExclusionKind::kLunchtime) continue;
    if (exclusion->outcome.board_decision == "reinstate") continue;
    if (!run_last || calendar.NextSchoolDay(*run_last) != exclusion->start) {
      run_first = exclusion->start;
    }
    MarkOne(*exclusion, *run_first, calendar, marks);
    run_last = exclusion->end;
  }
}

}  // namespace pathways::demo
