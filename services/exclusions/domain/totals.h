// Days in the term and in the year, and days on end.
//
// The totals of an exclusion count it and every exclusion of that pupil that started before it
// (StartsBefore), at whatever school, in half days. A suspension that crosses a reference date
// counts in each term for its part, and the higher sum decides. A permanent exclusion adds none.
// Source: SI 2012/1033 regs. 2, 5, 6 and 22; national statistics, definitions (earlier schools).
#pragma once

#include <optional>
#include <span>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/half_days.h"
#include "services/exclusions/domain/spell.h"

namespace pathways::exclusions {

struct Totals {
  HalfDays in_term = {};  // the highest over the terms it touches: what the law's rules look at
  bool crosses_terms = false;
  HalfDays in_first_term = {};  // of the first and last term it touches; equal to in_term when it
  HalfDays in_last_term = {};   // touches one
  HalfDays in_year = {};        // of the school year in which it starts
  HalfDays in_next_year = {};   // its part and what follows, when it runs over 31 July; otherwise 0
  HalfDays elsewhere = {};      // of in_year, at other schools than its own
  bool complete = true;         // false: days of some exclusion lie outside the known calendars

  // What the limit is held against.
  HalfDays HigherYear() const { return in_year < in_next_year ? in_next_year : in_year; }

  friend bool operator==(const Totals&, const Totals&) = default;
};

// `earlier`: the pupil's exclusions that started before, in any order.
Totals TotalsOf(const Spell& own, std::span<const Spell> earlier);

// What stands on a day: exclusions that started by then, in that day's term and year. in_first_term
// and in_last_term are in_term; `urn` is the school that asks.
Totals TotalsOn(education::Day day, education::Urn urn, std::span<const Spell> all);

// Consecutive school days out of one school: this suspension, and those of the same school that
// end on the school day before it begins (or on the same day), and so on backwards ("back to
// back"). A day in school breaks the run; a lunchtime is never part of one, nor is a permanent
// exclusion. Source: Education and Inspections Act 2006 s. 100; back to back: guidance.
struct DayRun {
  education::Day first;
  education::Day last;
  int school_days = 0;  // a first day that begins with the afternoon is day 1

  friend bool operator==(const DayRun&, const DayRun&) = default;
};
// `earlier` in order of start. Nothing for lunchtimes, permanent and empty spells.
std::optional<DayRun> RunOf(const Spell& own, std::span<const Spell> earlier,
                            const education::SchoolCalendar& calendar);

}  // namespace pathways::exclusions
