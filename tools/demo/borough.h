// A borough: schools, calendar, children and where they are on roll. The same settings give the
// same borough, and a later `until` gives the same days and more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/school_calendar.h"
#include "tools/demo/child.h"
#include "tools/demo/exclusion.h"
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

// A place on a roll that ended before the borough's year began.
struct PastEnrolment {
  Child child;           // the year group is that of the last year there
  std::uint64_t number;  // of the child: an index into Borough::children, or higher for those gone
  std::size_t school = 0;
  education::Day entry;
  education::Day leaving;
};

struct Borough {
  education::AcademicYear year;
  std::vector<School> schools = {};
  std::vector<education::CalendarEntry> calendar = {};    // of three years: this one is the last
  std::vector<education::SchoolCalendar> calendars = {};  // the same by school
  std::vector<education::Day> days = {};  // the authority's school days of the year up to `until`
  std::vector<Child> children = {};
  std::vector<Enrolment> enrolments = {};  // by school
  std::set<std::size_t> moving = {};       // children who move this year, perhaps after `until`
  std::vector<PastEnrolment> past = {};    // of the two years before
  // Of the three years, begun on or before `until`; by child and start.
  std::vector<Exclusion> exclusions = {};
};

// A dually registered child spends these days at the school of the subsidiary registration.
bool IsSubsidiaryDay(education::Day day);

// On the first day of the year each school has `headcount` children whose main or only registration
// it is.
Borough MakeBorough(std::vector<School> schools, const Settings& settings);

}  // namespace pathways::demo
