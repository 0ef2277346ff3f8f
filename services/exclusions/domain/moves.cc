#include "services/exclusions/domain/moves.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

using education::Day;
using education::SchoolCalendar;

constexpr std::array<std::string_view, 3> kCauses = {"calendar", "exclusion", "earlier_exclusion"};

std::string DayChange(Day day, const SchoolCalendar& now) {
  const auto why = now.WhyNot(day);
  if (!why) return day.ToUk() + " is now a school day";
  return day.ToUk() + " is no longer a school day (" + *why + ")";
}

// The first day that became or ceased to be a school day between the two dates and the day the
// count starts from; how many more there are.
std::string CalendarChange(Day from, Day to, const SchoolCalendar& now,
                           const SchoolCalendar* before) {
  if (before == nullptr) return "The school's calendar changed.";
  std::string first;
  int more = -1;
  for (Day day = from; day <= to; ++day) {
    if (now.IsSchoolDay(day) == before->IsSchoolDay(day)) continue;
    if (++more == 0) first = DayChange(day, now);
  }
  if (more < 0) return "The school's calendar changed.";
  if (more == 0) return first + ".";
  return first + ", and " + std::to_string(more) + (more == 1 ? " more day" : " more days") +
         " changed.";
}

std::string ByCalendar(const StepDate& was, const StepDate& is, const SchoolCalendar& now,
                       const SchoolCalendar* before) {
  Day from = std::min(was.counting.from, is.counting.from);
  Day to = std::max(was.counting.from, is.counting.from);
  for (const auto& due : {was.due, is.due}) {
    if (!due) continue;
    from = std::min(from, *due);
    to = std::max(to, *due);
  }
  return CalendarChange(from, to, now, before);
}

std::string ByFacts(const StepDate& was, const StepDate& is, const StatutoryClock& clock) {
  if (was.rule != is.rule) return RuleSentence(is.rule, *clock.rules);
  if (was.counting.from != is.counting.from) {
    return "It now counts from " + is.counting.from.ToUk() + ", " +
           std::string(StartsFromWords(is.rule)) + ".";
  }
  return "The exclusion was changed.";
}

std::string ByEarlier(const StepDate& was, const StepDate& is, const StatutoryClock& clock) {
  const std::string total = "With an earlier exclusion recorded or changed there are " +
                            clock.imposed_in_term.ToDays() + " days in the term. ";
  return total + ByFacts(was, is, clock);
}

bool IsSameDate(const StepDate& a, const StepDate& b) {
  return a.applies() == b.applies() && a.due == b.due &&
         (a.kind == DueKind::kWithoutDelay) == (b.kind == DueKind::kWithoutDelay);
}

}  // namespace

std::string_view MoveCauseName(MoveCause cause) { return kCauses[static_cast<std::size_t>(cause)]; }

std::vector<Move> WhatMoved(const StepDates& before, const StatutoryClock& after, MoveCause cause,
                            const SchoolCalendar& calendar, const SchoolCalendar* calendar_before) {
  std::vector<Move> moves;
  for (const Step step : kSteps) {
    const StepDate& was = before[IndexOf(step)];
    const StepDate& is = after[step];
    if (IsSameDate(was, is)) continue;
    std::string why;
    switch (cause) {
      case MoveCause::kCalendar:
        why = ByCalendar(was, is, calendar, calendar_before);
        break;
      case MoveCause::kExclusion:
        why = ByFacts(was, is, after);
        break;
      case MoveCause::kEarlierExclusion:
        why = ByEarlier(was, is, after);
        break;
    }
    moves.push_back({step, was.due, is.due, was.applies(), is.applies(), cause, std::move(why)});
  }
  return moves;
}

}  // namespace pathways::exclusions
