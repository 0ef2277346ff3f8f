// Compulsory school age. Source: Education Act 1996, s. 8; Education (Start of Compulsory School
// Age) Order 1998; Education (School Leaving Date) Order 1997.
#pragma once

#include <optional>
#include <string_view>

#include "libs/education/attendance_code.h"
#include "libs/education/day.h"

namespace pathways::education {

// The prescribed day (31 December, 31 March, 31 August) on or after the fifth birthday.
Day CompulsorySchoolAgeStarts(Day date_of_birth);

// The last Friday of June in the academic year in which the child reaches 16; the last day of
// compulsory school age.
Day CompulsorySchoolAgeEnds(Day date_of_birth);

bool IsOfCompulsorySchoolAge(Day date_of_birth, Day on);

// What to ask about a mark that does not fit the pupil's age: X for a child of compulsory school
// age, C2 for one who is not. A warning, never a refusal.
std::optional<std::string_view> AgeWarning(AttendanceCode code, Day date_of_birth, Day on);

}  // namespace pathways::education
