#include "libs/education/clock.h"

#include <string>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

Instant At(std::string_view text) { return ParseInstant(text).value(); }

TEST(Instant, ReadsUtcAndOffsets) {
  const Instant expected = std::chrono::sys_days(2026y / 10 / 6) + 8h + 45min;
  EXPECT_EQ(At("2026-10-06T08:45:00Z"), expected);
  EXPECT_EQ(At("2026-10-06T09:45:00+01:00"), expected);
  EXPECT_EQ(At("2026-10-06T03:15:00-05:30"), expected);
  EXPECT_EQ(At("2026-10-06t08:45:00.25z"), expected + 250ms);
  EXPECT_EQ(At("2026-10-06T08:45:00.1234567899Z"), expected + 123456us);
}

TEST(Instant, CrossesMidnightWithItsOffset) {
  EXPECT_EQ(InstantToString(At("2026-10-06T00:30:00+01:00")), "2026-10-05T23:30:00Z");
}

TEST(Instant, RefusesWhatIsNone) {
  for (const char* bad :
       {"", "2026-10-06", "2026-10-06T08:45:00", "2026-10-06 08:45:00Z", "2026-10-06T08:45Z",
        "2026-10-06T24:00:00Z", "2026-10-06T08:60:00Z", "2026-10-06T08:45:60Z",
        "2026-02-30T08:45:00Z", "2026-10-06T08:45:00.Z", "2026-10-06T08:45:00+1:00",
        "2026-10-06T08:45:00+0100", "2026-10-06T08:45:00ZZ", "2026-10-06T08:45:0aZ",
        "2026-10-06T08:45:00.5"}) {
    EXPECT_FALSE(ParseInstant(bad).ok()) << bad;
  }
}

TEST(Instant, WritesAFractionOnlyWhenThereIsOne) {
  for (const char* text : {"2026-10-06T08:45:00Z", "2026-10-06T08:45:00.5Z",
                           "2026-10-06T08:45:59.000001Z", "2026-12-31T23:59:59.999999Z"}) {
    EXPECT_EQ(InstantToString(At(text)), text);
  }
  EXPECT_EQ(InstantToString(At("1969-12-31T23:59:59.25Z")), "1969-12-31T23:59:59.25Z");
}

TEST(London, IsAnHourAheadInSummer) {
  EXPECT_EQ(LondonOffset(At("2026-03-29T00:59:59.999999Z")), 0h);
  EXPECT_EQ(LondonOffset(At("2026-03-29T01:00:00Z")), 1h);
  EXPECT_EQ(LondonOffset(At("2026-10-25T00:59:59.999999Z")), 1h);
  EXPECT_EQ(LondonOffset(At("2026-10-25T01:00:00Z")), 0h);
  EXPECT_EQ(LondonOffset(At("2027-03-28T01:00:00Z")), 1h) << "the last Sunday, not the fourth week";
  EXPECT_EQ(LondonOffset(At("2027-10-31T00:59:00Z")), 1h);
}

TEST(London, DayBeginsAtLocalMidnight) {
  EXPECT_EQ(LondonDay(At("2026-07-01T22:59:59Z")), Day(2026y / 7 / 1));
  EXPECT_EQ(LondonDay(At("2026-07-01T23:00:00Z")), Day(2026y / 7 / 2));
  EXPECT_EQ(LondonDay(At("2026-01-01T23:59:59Z")), Day(2026y / 1 / 1));
}

TEST(London, EveryDayOfFourYearsStartsWhenTheOneBeforeEnds) {
  for (Day day(2024y / 1 / 1); day < Day(2028y / 1 / 1); ++day) {
    const Instant start = StartOfLondonDay(day);
    ASSERT_EQ(LondonDay(start), day) << day.ToIso();
    ASSERT_EQ(LondonDay(start - 1us), day - 1) << day.ToIso();
  }
  EXPECT_EQ(StartOfLondonDay(Day(2026y / 3 / 30)) - StartOfLondonDay(Day(2026y / 3 / 29)), 23h);
  EXPECT_EQ(StartOfLondonDay(Day(2026y / 10 / 26)) - StartOfLondonDay(Day(2026y / 10 / 25)), 25h);
}

TEST(FixedClock, StandsStillUntilTold) {
  FixedClock clock(Day(2026y / 7 / 1));
  EXPECT_EQ(InstantToString(clock.Now()), "2026-07-01T11:00:00Z");
  EXPECT_EQ(clock.Today(), Day(2026y / 7 / 1));
  clock.Advance(12h);
  EXPECT_EQ(clock.Today(), Day(2026y / 7 / 2));
  clock.Set(At("2026-01-01T23:30:00Z"));
  EXPECT_EQ(clock.Today(), Day(2026y / 1 / 1));
}

TEST(SystemClock, DoesNotGoBackToTheLastCentury) {
  EXPECT_GT(SystemClock().Now(), At("2025-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace pathways::education
