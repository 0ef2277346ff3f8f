#include "tools/demo/terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::SchoolCalendar;

std::vector<std::string> Holidays(int year) {
  std::vector<std::string> days;
  for (const NamedDay& holiday : BankHolidays(year)) days.push_back(holiday.day.ToIso().substr(5));
  return days;
}

TEST(BankHolidays, AreThoseOfEngland) {
  using testing::ElementsAre;
  EXPECT_THAT(Holidays(2021),
              ElementsAre("01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"));
  EXPECT_THAT(Holidays(2024),
              ElementsAre("01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"));
  EXPECT_THAT(Holidays(2025),
              ElementsAre("01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"));
  EXPECT_THAT(Holidays(2026),
              ElementsAre("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"));
  EXPECT_THAT(Holidays(2027),
              ElementsAre("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"));
  EXPECT_THAT(Holidays(2028),
              ElementsAre("01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"));
  EXPECT_THAT(Holidays(2029),
              ElementsAre("01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"));
}

TEST(BankHolidays, AChristmasOnASundayLeavesBoxingDayItsMonday) {
  EXPECT_THAT(Holidays(2022), testing::Contains("12-26"));
  EXPECT_EQ(Holidays(2022)[6], "12-27");
}

TEST(AuthorityCalendar, IsAUsualYearInAnyYear) {
  for (int start = 2024; start <= 2040; ++start) {
    const auto year = *AcademicYear::FromStartYear(start);
    const auto entries = AuthorityCalendar(year);
    const auto calendar = SchoolCalendar::Make(std::nullopt, entries);
    ASSERT_TRUE(calendar.ok()) << year.ToString() << calendar.status();
    // 190 days for pupils by law, and the schools' training days, which are theirs to place.
    EXPECT_GE(calendar->school_days().size(), 186U) << year.ToString();
    EXPECT_LE(calendar->school_days().size(), 198U) << year.ToString();
  }
}

TEST(AuthorityCalendar, Of2026IsAsAuthoritiesPublishIt) {
  std::vector<std::string> days;
  for (const auto& entry : AuthorityCalendar(*AcademicYear::Parse("202627"))) {
    if (entry.kind != education::CalendarKind::kBankHoliday)
      days.push_back(entry.from.ToIso() + "/" + entry.to.ToIso());
  }
  EXPECT_THAT(days, testing::ElementsAre("2026-09-02/2026-12-18", "2027-01-04/2027-03-25",
                                         "2027-04-12/2027-07-21", "2026-10-26/2026-10-30",
                                         "2027-02-15/2027-02-19", "2027-05-31/2027-06-04"));
}

}  // namespace
}  // namespace pathways::demo
