// Calendar entries as a file brings them.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"

namespace pathways::registry {

// Whose calendar of which year: an authority's (urn 0) or a school's.
struct CalendarScope {
  education::LaCode la_code;
  std::int32_t urn = 0;
  education::AcademicYear year;

  friend auto operator<=>(const CalendarScope&, const CalendarScope&) = default;
};

struct CalendarDays {
  education::CalendarKind kind;
  std::string name;
  education::Day first_day;
  education::Day last_day;

  friend bool operator==(const CalendarDays&, const CalendarDays&) = default;
};

// The calendar after a file: an entry of the file takes the place of stored entries of its kind
// that it overlaps (a term whose dates moved is one term, not two); everything else stays. Sorted
// by first day, then kind.
std::vector<CalendarDays> MergeCalendar(const std::vector<CalendarDays>& stored,
                                        const std::vector<CalendarDays>& file);

}  // namespace pathways::registry
