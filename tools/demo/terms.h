// Days of an invented authority's school year, by the rules most English authorities follow, so
// that there is a borough in any year.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/school_calendar.h"

namespace pathways::demo {

struct NamedDay {
  std::string name;
  education::Day day;
};

// The eight bank holidays of England in that calendar year, in order, with the substitutes for
// those that fall on a weekend. Days proclaimed once only (a jubilee) are not known here.
std::vector<NamedDay> BankHolidays(int year);

struct TermDays {
  education::Day first;
  education::Day last;
  education::Day after_half_term;  // the Monday
};
// Autumn, spring and summer.
std::array<TermDays, 3> TermsOf(education::AcademicYear year);

// The authority's terms, half-terms and bank holidays.
std::vector<education::CalendarEntry> AuthorityCalendar(education::AcademicYear year);

}  // namespace pathways::demo
