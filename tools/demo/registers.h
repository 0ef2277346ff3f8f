// The registers of a borough's schools, as files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "tools/demo/attendance.h"
#include "tools/demo/borough.h"

namespace pathways::demo {

// What is in one school's registers about one enrolment: the days on which that school has one for
// it, in order.
std::vector<DayMarks> MarksAtSchool(const Borough& borough, const Settings& settings,
                                    const Enrolment& enrolment);

struct Registers {
  std::vector<std::string> wide;  // by school: a row a pupil and day, day by day, as first taken
  std::string amendments;  // long: one row a mark changed on or before `until`, of all schools
};
Registers RegisterCsvs(const Borough& borough, const Settings& settings);

}  // namespace pathways::demo
