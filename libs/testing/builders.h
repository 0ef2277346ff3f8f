// Valid pupils, schools and calendars for tests: the same for the same number, different for
// different ones. All invented.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"
#include "libs/education/upn.h"

namespace pathways::testing {

struct TestPupil {
  education::PupilId id;
  education::Upn upn;
  std::string given_name;
  std::string family_name;
  education::Day born;  // of school year group 1 to 13 in 2026/27
};

struct TestSchool {
  education::Urn urn;
  education::LaCode la_code;
  education::Laestab laestab;
  std::string name;
};

// 0 <= number < 1,000,000.
education::Upn MakeUpn(int number);
education::PupilId MakePupilId(int number);
education::PersonId MakePersonId(int number);
TestPupil MakePupil(int number);

// 0 <= number < 1,000. Six schools of authority 822 (Bedford), then six of 823 (Central
// Bedfordshire), and so on.
TestSchool MakeSchool(int number);

// Three terms with half-terms, Christmas and Easter weeks, and the bank holiday of early May: 190
// to 196 school days.
education::SchoolCalendar MakeCalendar(education::AcademicYear year,
                                       std::optional<education::Urn> school = {});

}  // namespace pathways::testing
