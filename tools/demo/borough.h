// A borough: schools, calendar, children and where they are on roll. The same settings give the
// same borough, and a later `until` gives the same days and more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/school_calendar.h"
#include "tools/demo/child.h"
#include "tools/demo/school.h"

namespace pathways::demo {

struct Settings {
  std::uint64_t seed = 1;
  // What is known: nothing that happened later is in any file. Its academic year is the borough's.
  education::Day until;
};

struct Enrolment {
  std::size_t child = 0;   // index into Borough::children
  std::size_t school = 0;  // index into Borough::schools
  education::Day entry;
  std::optional<education::Day> leaving;
  education::EnrolmentStatus status = education::EnrolmentStatus::kSingle;
};

struct Borough {
  education::AcademicYear year;
  std::vector<School> schools;
  std::vector<education::CalendarEntry> calendar;  // this year and the year before
  std::vector<education::Day> days;  // the authority's school days of the year up to `until`
  std::vector<Child> children;
  std::vector<Enrolment> enrolments;  // by school

  education::SchoolCalendar CalendarOf(const School& school) const;
};

// A dually registered child spends these days at the school of the subsidiary registration.
bool IsSubsidiaryDay(education::Day day);

// On the first day of the year each school has `headcount` children whose main or only registration
// it is.
Borough MakeBorough(std::vector<School> schools, const Settings& settings);

}  // namespace pathways::demo
