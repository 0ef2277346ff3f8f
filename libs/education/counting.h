// The three ways in which the law counts school days, and the count told day by day.
//
// Dates are found in constant time and without memory; the days are told only when asked for, by a
// walk that does not share the arithmetic, so that the two can be held against each other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"

namespace pathways::education {

enum class Count : std::uint8_t {
  kNone,        // no count: the day itself
  kAfter,       // the n-th school day later than `from`, which itself does not count
  kNth,         // the n-th school day, `from` itself being the first when it is one
  kLastBefore,  // the last school day earlier than `from`
  kDayAfter,    // the calendar day after the kAfter day
};

struct Counting {
  Count count = Count::kNone;
  Day from;
  int n = 0;  // at least 1, except for kNone and kLastBefore

  friend bool operator==(const Counting&, const Counting&) = default;
};

// Nothing when the day lies past what the calendar knows.
std::optional<Day> CountedTo(const Counting& counting, const SchoolCalendar& calendar);

struct CountedDay {
  Day day;
  int number = 0;           // in the count; 0: skipped
  std::string why_skipped;  // "Saturday", "INSET day: Staff training"; "Counting starts after it"

  friend bool operator==(const CountedDay&, const CountedDay&) = default;
};

// Every day from `from` to the result, in order of the count (backwards for kLastBefore); `from`
// too, with why it does not count. Empty for kNone. When the calendar ends first, the days it
// knows.
std::vector<CountedDay> TellDays(const Counting& counting, const SchoolCalendar& calendar);

// What the told days say the result is, without any calendar: the day with number n (for kDayAfter
// the day after it). Nothing when none has.
std::optional<Day> Recount(const Counting& counting, const std::vector<CountedDay>& days);

}  // namespace pathways::education
