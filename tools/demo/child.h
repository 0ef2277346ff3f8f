// Invented children, as a school's system would describe them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/pupil_characteristics.h"
#include "libs/education/upn.h"
#include "tools/demo/school.h"

namespace pathways::demo {

struct Child {
  education::Upn upn;
  std::string_view surname;
  std::string_view forename;
  education::Day born;
  education::Sex sex;
  std::string_view year_group;
  education::SenProvision sen_provision;
  bool pupil_premium = false;
  bool free_school_meals = false;
  bool english_additional_language = false;
  bool looked_after = false;
  std::string_view ethnicity;  // main codes of the school census
};

// Of a National Curriculum year: R 0, 1 to 11; nursery below 0.
int YearNumber(std::string_view year_group);
// Its name, R or 1 to 11.
std::string_view YearGroupName(int year_number);

// The `number`-th child of the borough (0 <= number < 10,000,000), in that year group of that
// school. The shares of special needs, pupil premium and the rest are about England's; pupil
// premium varies from school to school.
Child MakeChild(std::uint64_t seed, int number, const School& school, std::string_view year_group,
                education::AcademicYear year);

}  // namespace pathways::demo
