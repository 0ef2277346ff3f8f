#include "libs/importing/file_dates.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace pathways::importing {
namespace {

using namespace std::chrono_literals;
using education::Day;

// What the first cell means in a file with these cells.
std::optional<Day> Read(std::initializer_list<std::string_view> cells, Refusals& refusals,
                        common::v1::DateForm asked = common::v1::DATE_FORM_UNSPECIFIED) {
  FileDates dates(asked);
  std::int64_t row = 2;
  for (const std::string_view cell : cells) dates.See(cell, row++, "date");
  dates.Decide(refusals);
  if (refusals.whole_file()) return std::nullopt;
  return dates.Read(*cells.begin(), 2, "date", "raw", refusals);
}

TEST(FileDates, FindsTheFormOfTheFile) {
  Refusals refusals;
  EXPECT_EQ(Read({"2026-09-03"}, refusals), Day(2026y / 9 / 3));
  EXPECT_EQ(Read({"03/09/2026", "30/09/2026"}, refusals), Day(2026y / 9 / 3));
  EXPECT_TRUE(refusals.empty());
}

TEST(FileDates, AsksWhenDatesCouldMeanTwoThings) {
  Refusals refusals;
  EXPECT_FALSE(Read({"03/09/2026", "04/10/2026"}, refusals).has_value());
  EXPECT_EQ(refusals.kept().at(0).problems[0].code, "dates_ambiguous");
}

TEST(FileDates, BelievesTheSender) {
  Refusals refusals;
  EXPECT_EQ(Read({"03/09/2026"}, refusals, common::v1::DATE_FORM_DAY_MONTH_YEAR),
            Day(2026y / 9 / 3));
  EXPECT_TRUE(refusals.empty());
}

TEST(FileDates, RefusesAFileOfTwoForms) {
  Refusals refusals;
  EXPECT_FALSE(Read({"2026-09-03", "30/09/2026"}, refusals).has_value());
  EXPECT_TRUE(refusals.whole_file());
}

TEST(FileDates, RefusesAFileWithTheMonthFirst) {
  Refusals refusals;
  EXPECT_FALSE(Read({"09/03/2026", "09/30/2026"}, refusals).has_value());
  EXPECT_EQ(refusals.kept().at(0).problems[0].code, "dates_month_first");
}

TEST(FileDates, RefusesOneRowForADayThatIsNone) {
  Refusals refusals;
  EXPECT_FALSE(Read({"2026-02-30"}, refusals).has_value());
  EXPECT_FALSE(refusals.whole_file());
  EXPECT_EQ(refusals.kept().at(2).raw, "raw");
}

}  // namespace
}  // namespace pathways::importing
