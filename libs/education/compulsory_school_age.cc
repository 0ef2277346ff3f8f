#include "libs/education/compulsory_school_age.h"

#include <chrono>

#include "libs/education/academic_year.h"

namespace pathways::education {
namespace {

constexpr int kStartAge = 5;
constexpr int kEndAge = 16;

// Somebody born on 29 February reaches an age on 1 March of a common year.
Day Birthday(Day date_of_birth, int age) {
  const std::chrono::year_month_day birthday = date_of_birth.date() + std::chrono::years(age);
  if (birthday.ok()) return Day(birthday);
  return Day(birthday.year() / 3 / 1);
}

}  // namespace

Day CompulsorySchoolAgeStarts(Day date_of_birth) {
  const Day fifth_birthday = Birthday(date_of_birth, kStartAge);
  const std::chrono::year year = fifth_birthday.date().year();
  for (const Day prescribed : {Day(year / 3 / 31), Day(year / 8 / 31)}) {
    if (fifth_birthday <= prescribed) return prescribed;
  }
  return Day(year / 12 / 31);
}

Day CompulsorySchoolAgeEnds(Day date_of_birth) {
  const AcademicYear year = AcademicYear::Of(Birthday(date_of_birth, kEndAge));
  const std::chrono::sys_days last_friday =
      year.last().date().year() / std::chrono::June / std::chrono::Friday[std::chrono::last];
  return Day(last_friday);
}

bool IsOfCompulsorySchoolAge(Day date_of_birth, Day on) {
  return CompulsorySchoolAgeStarts(date_of_birth) <= on &&
         on <= CompulsorySchoolAgeEnds(date_of_birth);
}

std::optional<std::string_view> AgeWarning(AttendanceCode code, Day date_of_birth, Day on) {
  const bool compulsory = IsOfCompulsorySchoolAge(date_of_birth, on);
  const auto category = Classify(code, on);
  if (code.ToString() == "X" && category == AttendanceCategory::kNotPossible && compulsory) {
    return "X is for pupils who are not of compulsory school age: use C2 for a part-time timetable";
  }
  if (code.ToString() == "C2" && !compulsory) {
    return "C2 is for pupils of compulsory school age: use X for sessions not required";
  }
  return std::nullopt;
}

}  // namespace pathways::education
