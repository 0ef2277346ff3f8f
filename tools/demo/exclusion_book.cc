#include "tools/demo/exclusion_book.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "tools/demo/exclusion_reasons.h"
#include "tools/demo/random.h"
#include "tools/demo/terms.h"

namespace pathways::demo {

using education::AcademicYear;
using education::Day;

namespace {

// Five days: up to there the governing board is told once a term.
constexpr int kSessionsToldOnceATerm = 10;

Day LastDayOfTerm(Day day, const education::SchoolCalendar& calendar) {
  Day last = day;
  for (const TermDays& term : TermsOf(AcademicYear::Of(day))) {
    if (term.first <= day) last = *calendar.PreviousSchoolDay(term.last + 1);
  }
  return last;
}

}  // namespace

int Stay::YearNumberIn(AcademicYear other) const {
  return YearNumber(child->year_group) + other.start_year() - year.start_year();
}

std::vector<Stay> StaysIn(const Borough& borough) {
  std::vector<Stay> stays;
  for (const Enrolment& enrolment : borough.enrolments) {
    stays.push_back({enrolment.child, &borough.children[enrolment.child], enrolment.school,
                     enrolment.entry, enrolment.leaving.value_or(borough.year.last()), borough.year,
                     enrolment.status == education::EnrolmentStatus::kSingle &&
                         !borough.moving.contains(enrolment.child)});
  }
  for (const PastEnrolment& past : borough.past) {
    stays.push_back({past.number, &past.child, past.school, past.entry, past.leaving,
                     AcademicYear::Of(past.leaving)});
  }
  return stays;
}

std::optional<Day> ExclusionBook::Enter(const Stay& stay, const Entry& entry) {
  const education::SchoolCalendar& calendar = borough_.calendars[stay.school];
  const auto end =
      LastDayOut(calendar, entry.kind, entry.start, entry.start_session, entry.sessions);
  if (!end || entry.start < stay.first || *end > stay.last) return std::nullopt;
  Random random(seed_, Random::Purpose::kReasons,
                stay.number * 100'000 + static_cast<std::uint64_t>(entry.start.epoch_days()));
  const Day decided_on = DecisionDay(stay, entry, random.Chance(0.5));
  const bool primary = stay.YearNumberIn(AcademicYear::Of(entry.start)) <= 6;
  exclusions_.push_back({.child = stay.number,
                         .upn = stay.child->upn,
                         .school = stay.school,
                         .kind = entry.kind,
                         .start = entry.start,
                         .start_session = entry.start_session,
                         .sessions = entry.sessions,
                         .end = *end,
                         .reasons = DrawReasons(random, entry.kind, primary, decided_on),
                         .decided_on = decided_on,
                         .outcome = OutcomeOf(entry.fate, entry.start, calendar)});
  return end;
}

// The head teacher often decides the day before; never before a weekend that is longer.
Day ExclusionBook::DecisionDay(const Stay& stay, const Entry& entry, bool the_day_before) const {
  const auto before = borough_.calendars[stay.school].PreviousSchoolDay(entry.start);
  const bool can = before && *before >= stay.first && entry.start - *before <= 3 &&
                   entry.kind != ExclusionKind::kPermanent;
  return can && the_day_before ? *before : entry.start;
}

// At once of what the board may have to meet about, otherwise once a term, on its last day.
void ExclusionBook::TellBoards(std::vector<Exclusion>& by_child) const {
  std::optional<std::pair<std::uint64_t, Day>> child_and_term;
  int sessions = 0;
  for (Exclusion& exclusion : by_child) {
    const Day last = LastDayOfTerm(exclusion.start, borough_.calendars[exclusion.school]);
    const std::pair now(exclusion.child, last);
    if (child_and_term != now) sessions = 0;
    child_and_term = now;
    sessions += exclusion.sessions;
    Outcome& outcome = exclusion.outcome;
    const bool at_once = exclusion.kind == ExclusionKind::kPermanent || outcome.exam_on ||
                         outcome.representations_on || sessions > kSessionsToldOnceATerm;
    outcome.board_told_on = at_once ? exclusion.start : last;
  }
}

std::vector<Exclusion> ExclusionBook::AsOf(Day until) const {
  std::vector<Exclusion> known;
  std::ranges::copy_if(exclusions_, std::back_inserter(known),
                       [until](const Exclusion& exclusion) { return exclusion.start <= until; });
  std::ranges::sort(known, {}, [](const Exclusion& exclusion) {
    return std::tuple(exclusion.child, exclusion.start, exclusion.kind);
  });
  TellBoards(known);
  for (Exclusion& exclusion : known) exclusion.outcome = AsKnownOn(until, exclusion.outcome);
  return known;
}

}  // namespace pathways::demo
