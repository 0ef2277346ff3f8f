// The spans over which excluded days are summed. They are not the school's own terms.
#pragma once

#include "libs/education/day.h"

namespace pathways::exclusions {

struct DaySpan {
  education::Day first;  // both included
  education::Day last;

  constexpr bool Contains(education::Day day) const { return first <= day && day <= last; }
  friend constexpr bool operator==(const DaySpan&, const DaySpan&) = default;
};

// Gregorian computus (Meeus, Jones, Butcher); any year.
education::Day EasterMonday(int year);

// A term runs from the day after a reference date to the next: 31 December, Easter Monday, 31 July.
// Source: SI 2012/1033 reg. 2.
DaySpan StatutoryTermOf(education::Day day);

// 1 August to 31 July: the school year of the limit of 45 days. (No school day is in August, so it
// holds the same school days as the academic year.) Source: SI 2012/1033 reg. 2 and 22.
DaySpan SchoolYearOf(education::Day day);

}  // namespace pathways::exclusions
