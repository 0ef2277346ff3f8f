#include "services/exclusions/domain/counting.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/random_calendar.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::SchoolCalendar;
using fixture::Calendar;
using fixture::CalendarEntry;
using fixture::CalendarKind;
using fixture::Day;
using fixture::Days;
using fixture::Dice;
using fixture::kSeed;
using fixture::kWorlds;
using fixture::RandomEntries;

TEST(Counting, DoesNotCountTheDayItStartsAfter) {
  const Day monday(2026y / 9 / 7);
  EXPECT_EQ(CountedTo({Count::kAfter, monday, 6}, Calendar()), Day(2026y / 9 / 15));
  EXPECT_EQ(CountedTo({Count::kNth, monday, 6}, Calendar()), Day(2026y / 9 / 14));
  EXPECT_EQ(CountedTo({Count::kNth, Day(2026y / 9 / 6), 6}, Calendar()), Day(2026y / 9 / 14))
      << "from a Sunday the Monday is the first";
  EXPECT_EQ(CountedTo({Count::kLastBefore, monday, 0}, Calendar()), Day(2026y / 9 / 4));
  EXPECT_EQ(CountedTo({Count::kNone, monday, 0}, Calendar()), monday);
}

TEST(Counting, KnowsNothingPastTheCalendar) {
  const Day late(2027y / 12 / 16);
  EXPECT_EQ(CountedTo({Count::kAfter, late, 1}, Calendar()), Day(2027y / 12 / 17));
  EXPECT_EQ(CountedTo({Count::kAfter, late, 2}, Calendar()), std::nullopt);
  EXPECT_EQ(CountedTo({Count::kDayAfter, late, 2}, Calendar()), std::nullopt);
  EXPECT_EQ(CountedTo({Count::kLastBefore, Day(2026y / 9 / 3), 0}, Calendar()), std::nullopt);
}

TEST(Counting, TellsWhyADayIsSkipped) {
  const std::vector<CountedDay> told =
      TellDays({Count::kAfter, Day(2026y / 11 / 26), 1}, Calendar());
  EXPECT_EQ(told, (std::vector<CountedDay>{
                      {Day(2026y / 11 / 26), 0, "The count starts after this day"},
                      {Day(2026y / 11 / 27), 0, "INSET day: Staff training"},
                      {Day(2026y / 11 / 28), 0, "Saturday"},
                      {Day(2026y / 11 / 29), 0, "Sunday"},
                      {Day(2026y / 11 / 30), 1, ""},
                  }));
}

Counting RandomCounting(Dice& dice, const SchoolCalendar& calendar) {
  constexpr std::array kCounts = {Count::kAfter, Count::kNth, Count::kLastBefore, Count::kDayAfter};
  const Day first = calendar.school_days().front();
  const Count count = kCounts[static_cast<std::size_t>(dice.From(0, 3))];
  return {count, first + dice.From(-20, 700), count == Count::kLastBefore ? 0 : dice.From(1, 50)};
}

template <typename Holds>
void ForCountings(Holds holds) {
  Dice dice(kSeed + 1);
  int found = 0;
  for (int world = 0; world < kWorlds; ++world) {
    const std::vector<CalendarEntry> entries = RandomEntries(dice);
    const SchoolCalendar calendar = education::fixture::Calendar(entries);
    for (int i = 0; i < 100; ++i) {
      const Counting counting = RandomCounting(dice, calendar);
      const auto due = CountedTo(counting, calendar);
      found += due ? 1 : 0;
      SCOPED_TRACE("world " + std::to_string(world) + " from " + counting.from.ToIso());
      holds(dice, entries, calendar, counting, due);
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
  EXPECT_GT(found, kWorlds * 50) << "most days must be within the calendar";
}

TEST(CountingProperty, EndsOnASchoolDay) {
  ForCountings([](Dice&, const auto&, const SchoolCalendar& calendar, const Counting& counting,
                  std::optional<Day> due) {
    if (!due) return;
    const Day counted = counting.count == Count::kDayAfter ? *due - 1 : *due;
    ASSERT_TRUE(calendar.IsSchoolDay(counted)) << counted.ToIso();
  });
}

TEST(CountingProperty, IsNeverEarlierForALaterStart) {
  ForCountings([](Dice& dice, const auto&, const SchoolCalendar& calendar, Counting counting,
                  std::optional<Day> due) {
    counting.from = counting.from + dice.From(1, 30);
    const auto later = CountedTo(counting, calendar);
    if (!due || !later) return;
    ASSERT_GE(*later, *due);
  });
}

// The end of what is known apart: a closure there leaves nothing to count to.
TEST(CountingProperty, MovesOnlyOneWayWithAClosure) {
  int moved = 0;
  ForCountings([&](Dice& dice, std::vector<CalendarEntry> entries, const SchoolCalendar&,
                   const Counting& counting, std::optional<Day> due) {
    if (!due) return;
    const bool backwards = counting.count == Count::kLastBefore;
    const Day closed = backwards ? *due - dice.From(0, 3) : *due - dice.From(0, 20);
    entries.push_back(Days(CalendarKind::kClosure, closed, closed + dice.From(0, 3)));
    const auto now = CountedTo(counting, education::fixture::Calendar(entries));
    if (!now) return;
    moved += now != due ? 1 : 0;
    if (backwards) {
      ASSERT_LE(*now, *due);
    } else {
      ASSERT_GE(*now, *due);
    }
  });
  EXPECT_GT(moved, kWorlds * 10);
}

TEST(CountingProperty, WorkingGivesTheDateAndTellsEveryDay) {
  ForCountings([](Dice&, const auto&, const SchoolCalendar& calendar, const Counting& counting,
                  std::optional<Day> due) {
    const std::vector<CountedDay> days = TellDays(counting, calendar);
    ASSERT_EQ(Recount(counting, days), due);
    const int step = counting.count == Count::kLastBefore ? -1 : 1;
    int number = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
      const Day wanted = i == 0 ? days[i].day : days[i - 1].day + step;
      ASSERT_EQ(days[i].day, wanted) << "no day is left out";
      ASSERT_EQ(days[i].number == 0, !days[i].why_skipped.empty()) << "skipped means why";
      number += days[i].number == 0 ? 0 : 1;
      ASSERT_TRUE(days[i].number == 0 || days[i].number == number) << "no number is left out";
    }
  });
}

}  // namespace
}  // namespace pathways::exclusions
