#include "libs/education/compulsory_school_age.h"

#include <chrono>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

Day Starts(std::chrono::year_month_day date_of_birth) {
  return CompulsorySchoolAgeStarts(Day(date_of_birth));
}
Day Ends(std::chrono::year_month_day date_of_birth) {
  return CompulsorySchoolAgeEnds(Day(date_of_birth));
}

TEST(CompulsorySchoolAge, StartsOnThePrescribedDayOnOrAfterTheFifthBirthday) {
  EXPECT_EQ(Starts(2021y / 1 / 1), Day(2026y / 3 / 31));
  EXPECT_EQ(Starts(2021y / 3 / 31), Day(2026y / 3 / 31));
  EXPECT_EQ(Starts(2021y / 4 / 1), Day(2026y / 8 / 31));
  EXPECT_EQ(Starts(2021y / 8 / 31), Day(2026y / 8 / 31));
  EXPECT_EQ(Starts(2021y / 9 / 1), Day(2026y / 12 / 31));
  EXPECT_EQ(Starts(2021y / 12 / 31), Day(2026y / 12 / 31));
  EXPECT_EQ(Starts(2020y / 2 / 29), Day(2025y / 3 / 31));
}

TEST(CompulsorySchoolAge, EndsOnTheLastFridayOfJuneOfTheYearOfTheSixteenthBirthday) {
  EXPECT_EQ(Ends(2010y / 9 / 1), Day(2027y / 6 / 25));
  EXPECT_EQ(Ends(2011y / 8 / 31), Day(2027y / 6 / 25)) << "still fifteen on that day";
  EXPECT_EQ(Ends(2010y / 8 / 31), Day(2026y / 6 / 26));
}

TEST(CompulsorySchoolAge, IncludesItsFirstAndLastDay) {
  const Day born(2010y / 9 / 1);
  EXPECT_FALSE(IsOfCompulsorySchoolAge(born, CompulsorySchoolAgeStarts(born) - 1));
  EXPECT_TRUE(IsOfCompulsorySchoolAge(born, CompulsorySchoolAgeStarts(born)));
  EXPECT_TRUE(IsOfCompulsorySchoolAge(born, CompulsorySchoolAgeEnds(born)));
  EXPECT_FALSE(IsOfCompulsorySchoolAge(born, CompulsorySchoolAgeEnds(born) + 1));
}

TEST(AgeWarning, AsksAboutXAndC2AtTheWrongAge) {
  const auto x = *AttendanceCode::FromText("X");
  const auto c2 = *AttendanceCode::FromText("C2");
  const Day on(2026y / 10 / 6);
  const Day reception(2022y / 5 / 1);
  const Day year_seven(2015y / 2 / 1);
  EXPECT_EQ(AgeWarning(x, reception, on), std::nullopt);
  EXPECT_NE(AgeWarning(x, year_seven, on)->find("use C2"), std::string_view::npos);
  EXPECT_NE(AgeWarning(c2, reception, on)->find("use X"), std::string_view::npos);
  EXPECT_EQ(AgeWarning(c2, year_seven, on), std::nullopt);
  EXPECT_EQ(AgeWarning(*AttendanceCode::FromText("I"), reception, on), std::nullopt);
  EXPECT_EQ(AgeWarning(x, Day(2010y / 2 / 1), Day(2021y / 1 / 12)), std::nullopt)
      << "X meant coronavirus then";
}

}  // namespace
}  // namespace pathways::education
