#include "libs/education/working_calendar.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;
using std::chrono::Monday;
using std::chrono::weekday;
using std::chrono::year;

// Meeus, Jones and Butcher's rule.
Day EasterSunday(int y) {
  const int a = y % 19, b = y / 100, c = y % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return *Day::FromYearMonthDay(y, n / 31, n % 31 + 1);
}

Day FirstFreeDay(Day day, const std::vector<Day>& taken) {
  while (day.is_weekend() || std::ranges::count(taken, day) > 0) ++day;
  return day;
}

// The eight of a year by the rules rather than by the table.
std::vector<Day> ByRule(int y) {
  const Day easter = EasterSunday(y);
  std::vector<Day> days = {FirstFreeDay(Day(year(y) / 1 / 1), {}),
                           easter - 2,
                           easter + 1,
                           Day(std::chrono::sys_days(year(y) / 5 / Monday[1])),
                           Day(std::chrono::sys_days(year(y) / 5 / Monday[std::chrono::last])),
                           Day(std::chrono::sys_days(year(y) / 8 / Monday[std::chrono::last]))};
  // Where Boxing Day keeps its own day, only a Christmas on a weekend moves, past it.
  const Day christmas(year(y) / 12 / 25), boxing(year(y) / 12 / 26);
  std::vector<Day> pair;
  if (!christmas.is_weekend()) pair.push_back(christmas);
  if (!boxing.is_weekend()) pair.push_back(boxing);
  while (pair.size() < 2) pair.push_back(FirstFreeDay(christmas, pair));
  days.insert(days.end(), pair.begin(), pair.end());
  std::ranges::sort(days);
  return days;
}

TEST(EnglandBankHolidays, AgreeWithTheRulesOfEachYear) {
  std::vector<Day> table, rules;
  for (const BankHoliday& holiday : EnglandBankHolidays()) {
    table.push_back(holiday.day);
    EXPECT_FALSE(holiday.source.empty()) << holiday.day.ToIso();
  }
  for (int y = 2024; y <= 2029; ++y) std::ranges::copy(ByRule(y), std::back_inserter(rules));
  EXPECT_EQ(table, rules);
}

TEST(WorkingCalendar, SaysWhyADayIsNoWorkingDay) {
  const WorkingCalendar& england = WorkingCalendar::England();
  EXPECT_EQ(england.WhyNot(Day(2026y / 11 / 2)), std::nullopt);
  EXPECT_EQ(england.WhyNot(Day(2026y / 10 / 31)), "Saturday");
  EXPECT_EQ(england.WhyNot(Day(2026y / 4 / 3)), "Bank holiday: Good Friday");
  EXPECT_EQ(england.WhyNot(Day(2026y / 12 / 28)), "Bank holiday: Boxing Day");
  EXPECT_FALSE(england.IsWorkingDay(Day(2027y / 12 / 27)));
  // School holidays are working days.
  EXPECT_TRUE(england.IsWorkingDay(Day(2026y / 8 / 12)));
}

TEST(WorkingCalendar, CountsFromTheDayAfter) {
  const WorkingCalendar& england = WorkingCalendar::England();
  EXPECT_EQ(england.AddWorkingDays(Day(2026y / 11 / 2), 2), Day(2026y / 11 / 4));   // Monday
  EXPECT_EQ(england.AddWorkingDays(Day(2026y / 11 / 5), 2), Day(2026y / 11 / 9));   // Thursday
  EXPECT_EQ(england.AddWorkingDays(Day(2026y / 11 / 7), 2), Day(2026y / 11 / 10));  // Saturday
  EXPECT_EQ(england.AddWorkingDays(Day(2026y / 12 / 24), 2), Day(2026y / 12 / 30));
  EXPECT_EQ(england.AddWorkingDays(Day(2026y / 4 / 2), 1), Day(2026y / 4 / 7));  // over Easter
}

TEST(WorkingCalendar, KnowsHowFarItsTableGoes) {
  const WorkingCalendar& england = WorkingCalendar::England();
  EXPECT_FALSE(england.Knows(Day(2023y / 12 / 31)));
  EXPECT_TRUE(england.Knows(Day(2024y / 1 / 1)));
  EXPECT_TRUE(england.Knows(Day(2029y / 12 / 31)));
  EXPECT_FALSE(england.Knows(Day(2030y / 1 / 1)));
  EXPECT_EQ(england.AddWorkingDays(Day(2030y / 12 / 24), 1), Day(2030y / 12 / 25));
  EXPECT_FALSE(WorkingCalendar({}).Knows(Day(2026y / 1 / 1)));
}

}  // namespace
}  // namespace pathways::education
