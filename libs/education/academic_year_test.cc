#include "libs/education/academic_year.h"

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

TEST(AcademicYear, RunsFromSeptemberToAugust) {
  EXPECT_EQ(AcademicYear::Of(Day(2026y / 8 / 31)).ToString(), "2025/26");
  EXPECT_EQ(AcademicYear::Of(Day(2026y / 9 / 1)).ToString(), "2026/27");
  EXPECT_EQ(AcademicYear::Of(Day(2027y / 1 / 1)).ToString(), "2026/27");
  const AcademicYear year = *AcademicYear::Parse("202627");
  EXPECT_EQ(year.first(), Day(2026y / 9 / 1));
  EXPECT_EQ(year.last(), Day(2027y / 8 / 31));
  EXPECT_TRUE(year.Contains(year.first()) && year.Contains(year.last()));
  EXPECT_FALSE(year.Contains(year.first() - 1) || year.Contains(year.last() + 1));
}

TEST(AcademicYear, TakesTheWrittenForms) {
  for (const char* text : {"202627", "2026/27", "2026-27", " 202627 "}) {
    ASSERT_TRUE(AcademicYear::Parse(text).ok()) << text;
    EXPECT_EQ(AcademicYear::Parse(text)->start_year(), 2026);
    EXPECT_EQ(AcademicYear::Parse(text)->ToCode(), "202627");
  }
  EXPECT_EQ(AcademicYear::Parse("199900")->ToString(), "1999/00");
  for (const char* bad :
       {"", "2026", "202628", "202626", "2026/2027", "20262", "abcdef", "2026/2x"}) {
    EXPECT_FALSE(AcademicYear::Parse(bad).ok()) << bad;
  }
}

TEST(AcademicYear, HasNeighbours) {
  const AcademicYear year = *AcademicYear::Parse("202627");
  EXPECT_EQ(year.Next().first(), year.last() + 1);
  EXPECT_EQ(year.Previous().Next(), year);
  EXPECT_LT(year, year.Next());
}

}  // namespace
}  // namespace pathways::education
