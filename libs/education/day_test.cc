#include "libs/education/day.h"

#include <string>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

TEST(Day, ReadsAndWritesIso) {
  EXPECT_EQ(Day::ParseIso("2026-10-06")->ToIso(), "2026-10-06");
  EXPECT_EQ(*Day::ParseIso("2028-02-29"), Day(2028y / 2 / 29));
  for (const char* bad : {"", "2026-1-06", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31",
                          "2026-10-00", "26-10-06", "2026/10/06", "2026-10-06 ", "2026-10-0x",
                          "0206-10-06", "1899-12-31", "2200-01-01", "-026-10-06"}) {
    EXPECT_FALSE(Day::ParseIso(bad).ok()) << bad;
  }
}

TEST(Day, ReadsDayMonthYear) {
  for (const char* text : {"06/10/2026", "6/10/2026", "06-10-2026"}) {
    EXPECT_EQ(*Day::ParseDayMonthYear(text), Day(2026y / 10 / 6)) << text;
  }
  for (const char* bad :
       {"", "2026-10-06", "6/10/26", "10/13/2026", "31/4/2026", "29/02/2026", "6/10-2026",
        "006/10/2026", "/10/2026", "6//2026", "6/10/", "6/10/2026/1"}) {
    EXPECT_FALSE(Day::ParseDayMonthYear(bad).ok()) << bad;
  }
}

TEST(Day, SaysWhatIsWrong) {
  EXPECT_EQ(Day::ParseIso("2026-02-30").status().message(), "there is no such day in the calendar");
  EXPECT_EQ(Day::ParseDayMonthYear("2026-10-06").status().message(),
            "a date must be written day/month/year, such as 06/10/2026");
}

TEST(Day, IsWrittenForPeople) {
  EXPECT_EQ(Day(2026y / 10 / 6).ToUk(), "6 October 2026");
  EXPECT_EQ(Day(2026y / 10 / 6).WeekdayName(), "Tuesday");
  EXPECT_EQ(Day(2026y / 10 / 11).WeekdayName(), "Sunday");
}

TEST(Day, KnowsItsWeek) {
  EXPECT_EQ(Day(2026y / 10 / 5).Monday(), Day(2026y / 10 / 5));
  EXPECT_EQ(Day(2026y / 10 / 11).Monday(), Day(2026y / 10 / 5));
  EXPECT_FALSE(Day(2026y / 10 / 9).is_weekend());
  EXPECT_TRUE(Day(2026y / 10 / 10).is_weekend());
  EXPECT_TRUE(Day(2026y / 10 / 11).is_weekend());
}

TEST(Day, CountsOverMonthsAndYears) {
  const Day day(2026y / 12 / 31);
  EXPECT_EQ(day + 1, Day(2027y / 1 / 1));
  EXPECT_EQ(day - 365, Day(2025y / 12 / 31));
  EXPECT_EQ(Day(2027y / 1 / 1) - day, 1);
  EXPECT_LT(day, day + 1);
  EXPECT_EQ(Day(1970y / 1 / 1).epoch_days(), 0);
  EXPECT_EQ(Day::FromEpochDays(day.epoch_days()), day);
}

TEST(Day, EveryDayReturnsFromBothForms) {
  for (Day day(1999y / 12 / 1); day < Day(2032y / 4 / 1); ++day) {
    const std::string iso = day.ToIso();
    ASSERT_EQ(*Day::ParseIso(iso), day);
    const std::string uk = iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
    ASSERT_EQ(*Day::ParseDayMonthYear(uk), day);
  }
}

}  // namespace
}  // namespace pathways::education
