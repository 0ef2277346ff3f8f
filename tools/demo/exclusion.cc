#include "tools/demo/exclusion.h"

namespace pathways::demo {

using education::Day;

std::optional<Day> LastDayOut(const education::SchoolCalendar& calendar, ExclusionKind kind,
                              Day start, education::Session start_session, int sessions) {
  const int halves = sessions + (start_session == education::Session::kAfternoon ? 1 : 0);
  switch (kind) {
    case ExclusionKind::kSuspension:
      return calendar.AddSchoolDays(start - 1, (halves + 1) / 2);
    case ExclusionKind::kLunchtime:
      return calendar.AddSchoolDays(start - 1, sessions);
    case ExclusionKind::kPermanent:
      break;
  }
  return start;
}

Outcome OutcomeOf(const Fate& fate, Day start, const education::SchoolCalendar& calendar) {
  const auto after = [&](int school_days) -> std::optional<Day> {
    return school_days > 0 ? calendar.AddSchoolDays(start, school_days) : std::nullopt;
  };
  Outcome outcome{.representations_on = after(fate.represented_after),
                  .board_decision = fate.board_decision,
                  .decision_notice_on = after(fate.decided_after),
                  .review_applied_on = after(fate.applied_after),
                  .panel_decision = fate.panel_decision,
                  .panel_notice_on = after(fate.panel_after)};
  if (fate.examined_after >= 0)
    outcome.exam_on = calendar.AddSchoolDays(start - 1, fate.examined_after + 1);
  return outcome;
}

Outcome AsKnownOn(Day until, const Outcome& outcome) {
  Outcome known = outcome;
  const auto hide = [until](std::optional<Day>& day) {
    if (day && *day > until) day.reset();
    return !day.has_value();
  };
  hide(known.board_told_on);
  hide(known.representations_on);
  hide(known.review_applied_on);
  if (hide(known.decision_notice_on)) known.board_decision = {};
  if (hide(known.panel_notice_on)) known.panel_decision = {};
  return known;
}

}  // namespace pathways::demo
