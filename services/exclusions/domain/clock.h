// The statutory clock of an exclusion: every date that law and guidance set, as a pure function of
// the exclusion, the pupil's earlier exclusions, the school's calendar and the rule set. It does
// not ask what day it is (standing.h does) and tells nobody why (working.h does), so it costs about
// a microsecond and takes no memory.
//
// Source: SI 2012/1033 as amended in 2022 and 2023; "Suspension and permanent exclusion",
// September 2023, August 2024; Education and Inspections Act 2006 ss. 100-108; Education Act 1996
// s. 19. The excluding school's calendar counts in every date, also the panel's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/counting.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/rule.h"
#include "services/exclusions/domain/rule_set.h"
#include "services/exclusions/domain/spell.h"
#include "services/exclusions/domain/step.h"
#include "services/exclusions/domain/totals.h"

namespace pathways::exclusions {

enum class DueKind : std::uint8_t {
  kNotApplicable,  // StepDate::rule says why not
  kWithoutDelay,   // late from the next school day on
  kOnDay,          // by that day
  kFromDay,        // not before that day; never late
  kPastCalendar,   // applies, but its day lies past the calendar that is known
};

struct StepDate {
  DueKind kind = DueKind::kNotApplicable;
  Rule rule = Rule::kNone;                 // which rule gave it, or keeps it away
  std::optional<education::Day> due = {};  // with kOnDay and kFromDay
  std::optional<education::Day> aim = {};  // better than due, where the guidance names another
  Counting counting = {Count::kNone, education::Day::FromEpochDays(0), 0};

  bool applies() const { return kind != DueKind::kNotApplicable; }

  friend bool operator==(const StepDate&, const StepDate&) = default;
};

struct StatutoryClock {
  std::array<StepDate, kStepCount> steps;
  Totals totals;              // of what was served
  Spell spell;                // of the exclusion itself, as served
  std::optional<DayRun> run;  // of the suspension as imposed, back to back ones together
  // Days in the term as the head teacher imposed it: what decides who must be told and must
  // consider it, also after it was cut short. Otherwise the same as in the totals.
  HalfDays imposed_in_term;
  const RuleSet* rules;     // never null
  bool over_limit = false;  // more days in a school year than the law allows

  const StepDate& operator[](Step step) const { return steps[IndexOf(step)]; }
};

// `earlier`: the pupil's exclusions that started before, in order of start (StartsBefore). The
// calendar is the excluding school's.
StatutoryClock ClockOf(const Exclusion& exclusion, std::span<const Spell> earlier,
                       const education::SchoolCalendar& calendar, const RuleSet& rules);
// Under the rules in force on the day of the decision.
StatutoryClock ClockOf(const Exclusion& exclusion, std::span<const Spell> earlier,
                       const education::SchoolCalendar& calendar);

}  // namespace pathways::exclusions
