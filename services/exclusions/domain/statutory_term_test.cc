#include "services/exclusions/domain/statutory_term.h"

#include <gtest/gtest.h>

#include <chrono>

#include "libs/education/working_calendar.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Day;

TEST(EasterMonday, IsTheBankHoliday) {
  int found = 0;
  for (const education::BankHoliday& holiday : education::EnglandBankHolidays()) {
    if (holiday.name != "Easter Monday") continue;
    EXPECT_EQ(EasterMonday(static_cast<int>(holiday.day.date().year())), holiday.day);
    ++found;
  }
  EXPECT_GT(found, 3);
  EXPECT_EQ(EasterMonday(2038), Day(2038y / 4 / 26)) << "the latest it can be";
  EXPECT_EQ(EasterMonday(2008), Day(2008y / 3 / 24));
}

TEST(StatutoryTerm, EndsOnAReferenceDate) {
  const DaySpan autumn = {Day(2026y / 8 / 1), Day(2026y / 12 / 31)};
  const DaySpan spring = {Day(2027y / 1 / 1), Day(2027y / 3 / 29)};
  const DaySpan summer = {Day(2027y / 3 / 30), Day(2027y / 7 / 31)};
  for (const DaySpan& term : {autumn, spring, summer}) {
    EXPECT_EQ(StatutoryTermOf(term.first), term);
    EXPECT_EQ(StatutoryTermOf(term.last), term);
  }
}

TEST(SchoolYear, RunsFromAugustToJuly) {
  const DaySpan year = {Day(2026y / 8 / 1), Day(2027y / 7 / 31)};
  for (const Day day : {year.first, Day(2026y / 12 / 31), Day(2027y / 1 / 1), year.last}) {
    EXPECT_EQ(SchoolYearOf(day), year) << day.ToIso();
  }
}

}  // namespace
}  // namespace pathways::exclusions
