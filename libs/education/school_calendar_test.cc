#include "libs/education/school_calendar.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "libs/education/calendar_fixture.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;
using enum CalendarKind;
using fixture::Entry;

const Urn kSchool = *Urn::FromInt(109543);
const Urn kOtherSchool = *Urn::FromInt(109544);

SchoolCalendar Bedford() { return fixture::Calendar(fixture::Bedford202526()); }

std::string Why(const SchoolCalendar& calendar, Day day) {
  return calendar.WhyNot(day).value_or("school day");
}

TEST(SchoolCalendar, KnowsBedfordsYear) {
  const SchoolCalendar calendar = Bedford();
  EXPECT_EQ(calendar.school_days().size(), 191U);
  EXPECT_EQ(calendar.school_days().front(), Day(2025y / 9 / 2));
  EXPECT_EQ(calendar.school_days().back(), Day(2026y / 7 / 17));
  EXPECT_EQ(calendar.SchoolDaysBetween(Day(2025y / 9 / 1), Day(2025y / 12 / 31)), 74);
}

TEST(SchoolCalendar, SaysWhyADayIsNoSchoolDay) {
  const SchoolCalendar calendar = Bedford();
  EXPECT_EQ(Why(calendar, Day(2025y / 9 / 2)), "school day");
  EXPECT_EQ(Why(calendar, Day(2025y / 9 / 1)), "Outside term");
  EXPECT_EQ(Why(calendar, Day(2025y / 9 / 6)), "Saturday");
  EXPECT_EQ(Why(calendar, Day(2025y / 9 / 7)), "Sunday");
  EXPECT_EQ(Why(calendar, Day(2025y / 10 / 27)), "School holiday: October half term");
  EXPECT_EQ(Why(calendar, Day(2026y / 5 / 4)), "Bank holiday: Early May bank holiday");
  EXPECT_EQ(Why(calendar, Day(2026y / 5 / 25)), "Bank holiday: Spring bank holiday");
  EXPECT_EQ(Why(calendar, Day(2026y / 6 / 1)), "School holiday: May half term");
  EXPECT_EQ(Why(calendar, Day(2025y / 12 / 25)), "Outside term");
  EXPECT_EQ(Why(calendar, Day(2020y / 1 / 6)), "Outside term");
  EXPECT_EQ(Why(calendar, Day(2036y / 1 / 7)), "Outside term");
}

TEST(SchoolCalendar, SchoolsOwnTermsReplaceTheAuthoritysInThatYear) {
  std::vector<CalendarEntry> entries = fixture::BedfordBothYears();
  entries.push_back(Entry(kTerm, "Whole year", 2025y / 9 / 8, 2026y / 7 / 3, kSchool));
  const SchoolCalendar own = fixture::Calendar(entries, kSchool);
  EXPECT_EQ(own.school_days().front(), Day(2025y / 9 / 8));
  EXPECT_TRUE(own.IsSchoolDay(Day(2025y / 12 / 22))) << "the school's term has no Christmas break";
  EXPECT_FALSE(own.IsSchoolDay(Day(2026y / 7 / 6)));
  EXPECT_FALSE(own.IsSchoolDay(Day(2025y / 10 / 27))) << "the authority's holidays still apply";
  EXPECT_FALSE(own.IsSchoolDay(Day(2026y / 5 / 4)));
  EXPECT_TRUE(own.IsSchoolDay(Day(2026y / 9 / 2))) << "next year has the authority's terms";
  const SchoolCalendar other = fixture::Calendar(entries, kOtherSchool);
  EXPECT_EQ(other.school_days().front(), Day(2025y / 9 / 2));
  EXPECT_FALSE(other.IsSchoolDay(Day(2025y / 12 / 22)));
}

TEST(SchoolCalendar, ClosuresOfBothApplyAndOthersDoNot) {
  std::vector<CalendarEntry> entries = fixture::Bedford202526();
  entries.push_back(Entry(kInset, "", 2025y / 9 / 2, 2025y / 9 / 2, kSchool));
  entries.push_back(Entry(kClosure, "Snow", 2026y / 1 / 8, 2026y / 1 / 9, kSchool));
  entries.push_back(Entry(kClosure, "Flood", 2026y / 2 / 3, 2026y / 2 / 3));
  const SchoolCalendar own = fixture::Calendar(entries, kSchool);
  EXPECT_EQ(Why(own, Day(2025y / 9 / 2)), "INSET day");
  EXPECT_EQ(Why(own, Day(2026y / 1 / 9)), "School closed: Snow");
  EXPECT_EQ(Why(own, Day(2026y / 2 / 3)), "School closed: Flood");
  const SchoolCalendar other = fixture::Calendar(entries, kOtherSchool);
  EXPECT_TRUE(other.IsSchoolDay(Day(2025y / 9 / 2)));
  EXPECT_TRUE(other.IsSchoolDay(Day(2026y / 1 / 9)));
  EXPECT_FALSE(other.IsSchoolDay(Day(2026y / 2 / 3)));
  const SchoolCalendar authority = fixture::Calendar(entries);
  EXPECT_TRUE(authority.IsSchoolDay(Day(2026y / 1 / 9)));
}

TEST(SchoolCalendar, CountsSchoolDaysForDeadlines) {
  const SchoolCalendar calendar = Bedford();
  const Day friday(2025y / 10 / 24);
  EXPECT_EQ(calendar.NextSchoolDay(friday), Day(2025y / 11 / 3)) << "over half term";
  EXPECT_EQ(calendar.AddSchoolDays(friday, 5), Day(2025y / 11 / 7));
  EXPECT_EQ(calendar.AddSchoolDays(Day(2025y / 10 / 29), 1), Day(2025y / 11 / 3));
  EXPECT_EQ(calendar.PreviousSchoolDay(Day(2025y / 11 / 3)), friday);
  EXPECT_EQ(calendar.FirstSchoolDayFrom(friday), friday);
  EXPECT_EQ(calendar.FirstSchoolDayFrom(friday + 1), Day(2025y / 11 / 3));
  EXPECT_EQ(calendar.NextSchoolDay(Day(2026y / 7 / 17)), std::nullopt) << "the calendar's end";
  EXPECT_EQ(calendar.PreviousSchoolDay(Day(2025y / 9 / 2)), std::nullopt);
  EXPECT_EQ(calendar.AddSchoolDays(friday, 0), std::nullopt);
  EXPECT_EQ(calendar.SchoolDaysBetween(friday, friday), 1);
  EXPECT_EQ(calendar.SchoolDaysBetween(friday, friday - 1), 0);
}

TEST(SchoolCalendar, NumbersSchoolWeeksOverHolidaysAndYears) {
  const SchoolCalendar calendar = fixture::Calendar(fixture::BedfordBothYears());
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 9 / 1)), 1)
      << "the Monday before term, same week";
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 9 / 7)), 1);
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 9 / 8)), 2);
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 10 / 24)), 8);
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 10 / 29)), std::nullopt);
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 11 / 3)), 9);
  const int last_of_year = *calendar.SchoolWeekNumber(Day(2026y / 7 / 17));
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2026y / 9 / 2)), last_of_year + 1);
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 8 / 31)), std::nullopt);
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2027y / 9 / 1)), std::nullopt);
  EXPECT_EQ(calendar.FirstDayOfSchoolWeek(1), Day(2025y / 9 / 1));
  EXPECT_EQ(calendar.FirstDayOfSchoolWeek(9), Day(2025y / 11 / 3));
  EXPECT_EQ(calendar.FirstDayOfSchoolWeek(0), std::nullopt);
  EXPECT_EQ(calendar.FirstDayOfSchoolWeek(calendar.school_weeks() + 1), std::nullopt);
}

TEST(SchoolCalendar, WithoutTermsHasNoSchoolDays) {
  const SchoolCalendar calendar =
      fixture::Calendar({Entry(kHoliday, "Half term", 2025y / 10 / 27, 2025y / 10 / 31)});
  EXPECT_FALSE(calendar.IsSchoolDay(Day(2025y / 10 / 20)));
  EXPECT_EQ(calendar.NextSchoolDay(Day(2025y / 10 / 20)), std::nullopt);
  EXPECT_EQ(calendar.SchoolDaysBetween(Day(2000y / 1 / 1), Day(2030y / 1 / 1)), 0);
  EXPECT_EQ(calendar.SchoolWeekNumber(Day(2025y / 10 / 20)), std::nullopt);
  EXPECT_EQ(Why(calendar, Day(2025y / 10 / 20)), "Outside term");
}

TEST(SchoolCalendar, RefusesEntriesThatCannotBe) {
  CalendarEntry backwards = Entry(kHoliday, "", 2025y / 10 / 31, 2025y / 10 / 27);
  EXPECT_EQ(CheckCalendarEntry(backwards).message(),
            "the last day, 27 October 2025, is before the first, 31 October 2025");
  CalendarEntry late_term = Entry(kTerm, "", 2026y / 7 / 1, 2026y / 9 / 4);
  EXPECT_NE(CheckCalendarEntry(late_term).message().find("2025/26"), absl::string_view::npos);
  CalendarEntry summer = Entry(kHoliday, "Summer", 2026y / 7 / 20, 2026y / 9 / 1);
  EXPECT_TRUE(CheckCalendarEntry(summer).ok()) << "a holiday may run over the end of August";
  summer.academic_year = *AcademicYear::Parse("202425");
  EXPECT_FALSE(CheckCalendarEntry(summer).ok());
  EXPECT_FALSE(SchoolCalendar::Make(std::nullopt, std::vector{backwards}).ok());
  backwards.urn = kOtherSchool;
  EXPECT_TRUE(SchoolCalendar::Make(kSchool, std::vector{backwards}).ok()) << "not this school's";
}

TEST(CalendarKind, HasTheNamesOfTheFile) {
  for (const CalendarKind kind : {kTerm, kHoliday, kBankHoliday, kInset, kClosure}) {
    EXPECT_EQ(*ParseCalendarKind(ToString(kind)), kind);
  }
  EXPECT_EQ(*ParseCalendarKind(" Bank_Holiday "), kBankHoliday);
  EXPECT_FALSE(ParseCalendarKind("half term").ok());
}

// The naive model: each question answered by looking at every day.
struct NaiveCalendar {
  std::set<Day> days;

  int Between(Day from, Day to) const {
    int count = 0;
    for (Day day = from; day <= to; ++day) count += static_cast<int>(days.count(day));
    return count;
  }
  std::optional<Day> Add(Day from, int n) const {
    for (Day day = from + 1; day < Day(2028y / 1 / 1); ++day) {
      if (days.count(day) && --n == 0) return day;
    }
    return std::nullopt;
  }
};

std::vector<CalendarEntry> RandomEntries(std::mt19937& random) {
  std::vector<CalendarEntry> entries;
  for (int i = 0; i < 14; ++i) {
    const int year = 2024 + static_cast<int>(random() % 3);
    const Day from = Day(std::chrono::year(year) / 9 / 1) + static_cast<int>(random() % 300);
    const Day to = std::min(from + static_cast<int>(random() % (i < 6 ? 90 : 9)),
                            AcademicYear::Of(from).last());
    const CalendarKind kind = i < 6 ? kTerm : static_cast<CalendarKind>(1 + random() % 4);
    const std::optional<Urn> urns[] = {std::nullopt, std::nullopt, kSchool, kOtherSchool};
    entries.push_back({urns[random() % 4], AcademicYear::Of(from), kind, "", from, to});
  }
  return entries;
}

NaiveCalendar NaiveOf(const std::vector<CalendarEntry>& entries) {
  NaiveCalendar naive;
  for (Day day(2024y / 8 / 1); day < Day(2027y / 10 / 1); ++day) {
    bool own_terms = false, in_own = false, in_authority = false, off = day.is_weekend();
    for (const CalendarEntry& e : entries) {
      const bool covers = e.from <= day && day <= e.to;
      const bool own = e.urn == kSchool;
      if (e.kind == kTerm && own && e.academic_year == AcademicYear::Of(day)) own_terms = true;
      if (e.kind == kTerm && covers && own) in_own = true;
      if (e.kind == kTerm && covers && !e.urn) in_authority = true;
      if (e.kind != kTerm && covers && (own || !e.urn)) off = true;
    }
    if (!off && (own_terms ? in_own : in_authority)) naive.days.insert(day);
  }
  return naive;
}

TEST(SchoolCalendar, AgreesWithLookingAtEveryDay) {
  std::mt19937 random(20260901);
  for (int round = 0; round < 60; ++round) {
    const std::vector<CalendarEntry> entries = RandomEntries(random);
    const SchoolCalendar calendar = fixture::Calendar(entries, kSchool);
    const NaiveCalendar naive = NaiveOf(entries);
    ASSERT_EQ(std::set<Day>(calendar.school_days().begin(), calendar.school_days().end()),
              naive.days);
    std::set<Day> mondays;
    for (Day day(2024y / 8 / 1); day < Day(2027y / 10 / 1); ++day) {
      ASSERT_EQ(calendar.IsSchoolDay(day), naive.days.count(day) == 1);
      ASSERT_EQ(calendar.WhyNot(day).has_value(), naive.days.count(day) == 0);
      if (naive.days.count(day)) mondays.insert(day.Monday());
      if (naive.days.count(day)) {
        ASSERT_EQ(calendar.SchoolWeekNumber(day), static_cast<int>(mondays.size()));
      }
    }
    ASSERT_EQ(calendar.school_weeks(), static_cast<int>(mondays.size()));
    for (int probe = 0; probe < 50; ++probe) {
      const Day from = Day(2024y / 8 / 1) + static_cast<int>(random() % 1100);
      const int n = 1 + static_cast<int>(random() % 40);
      ASSERT_EQ(calendar.AddSchoolDays(from, n), naive.Add(from, n)) << from.ToIso() << ' ' << n;
      ASSERT_EQ(calendar.SchoolDaysBetween(from, from + n), naive.Between(from, from + n));
    }
  }
}

}  // namespace
}  // namespace pathways::education
