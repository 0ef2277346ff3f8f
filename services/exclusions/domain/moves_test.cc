#include "services/exclusions/domain/moves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::CalendarKind;
using education::SchoolCalendar;
using fixture::Calendar;
using fixture::Day;
using fixture::Permanent;
using fixture::Spells;
using fixture::Suspended;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Day kMonday(2026y / 9 / 7);

SchoolCalendar ClosedOn(Day day) {
  auto entries = fixture::Entries();
  entries.push_back(fixture::Entry(CalendarKind::kClosure, "Burst pipe", day.date(), day.date()));
  return education::fixture::Calendar(entries);
}

TEST(Moves, ByTheCalendarNameTheDay) {
  const Exclusion exclusion = Permanent(kMonday);
  const StatutoryClock before = ClockOf(exclusion, {}, Calendar());
  const SchoolCalendar now = ClosedOn(Day(2026y / 9 / 17));
  const StatutoryClock after = ClockOf(exclusion, {}, now);
  const std::vector<Move> moves =
      WhatMoved(before.steps, after, MoveCause::kCalendar, now, &Calendar());
  ASSERT_THAT(moves, SizeIs(1)) << "provision is due before the closure";
  EXPECT_EQ(moves[0].step, Step::kGovernorsConsiderBy);
  EXPECT_EQ(moves[0].was_due, Day(2026y / 9 / 28));
  EXPECT_EQ(moves[0].due, Day(2026y / 9 / 29));
  EXPECT_EQ(moves[0].why,
            "17 September 2026 is no longer a school day (School closed: Burst pipe).");
  EXPECT_EQ(WhatMoved(before.steps, after, MoveCause::kCalendar, now)[0].why,
            "The school's calendar changed.");
  const std::vector<Move> back =
      WhatMoved(after.steps, before, MoveCause::kCalendar, Calendar(), &now);
  EXPECT_EQ(back[0].why, "17 September 2026 is now a school day.");
}

TEST(Moves, AreNoneWhenNothingMoved) {
  const StatutoryClock clock = ClockOf(Permanent(kMonday), {}, Calendar());
  EXPECT_THAT(WhatMoved(clock.steps, clock, MoveCause::kCalendar, Calendar()), IsEmpty());
}

TEST(Moves, ByTheExclusionNameTheNewStart) {
  Exclusion exclusion = Permanent(kMonday);
  const StatutoryClock before = ClockOf(exclusion, {}, Calendar());
  exclusion.decisions.board_told_on = kMonday + 2;
  const std::vector<Move> moves = WhatMoved(before.steps, ClockOf(exclusion, {}, Calendar()),
                                            MoveCause::kExclusion, Calendar());
  ASSERT_THAT(moves, SizeIs(1));
  EXPECT_EQ(moves[0].why,
            "It now counts from 9 September 2026, the day the governing board was told.");
}

TEST(Moves, ByAnEarlierExclusionNameTheSum) {
  const Exclusion exclusion = Suspended(Day(2026y / 11 / 9), 11);
  const StatutoryClock before = ClockOf(exclusion, {}, Calendar());
  const StatutoryClock after = ClockOf(exclusion, Spells({Suspended(kMonday, 20)}), Calendar());
  const std::vector<Move> moves =
      WhatMoved(before.steps, after, MoveCause::kEarlierExclusion, Calendar());
  ASSERT_THAT(moves, SizeIs(1));
  EXPECT_EQ(moves[0].step, Step::kGovernorsConsiderBy);
  EXPECT_FALSE(moves[0].applied);
  EXPECT_TRUE(moves[0].applies);
  EXPECT_EQ(moves[0].due, Day(2026y / 12 / 1));
  EXPECT_THAT(moves[0].why, HasSubstr("there are 15.5 days in the term"));
  EXPECT_THAT(moves[0].why, HasSubstr("within 15 school days"));
}

TEST(Moves, TellWhatIsNoLongerAskedFor) {
  Exclusion exclusion = Suspended(kMonday, 12);
  const StatutoryClock before = ClockOf(exclusion, {}, Calendar());
  exclusion.half_days = HalfDays::Of(10);
  const std::vector<Move> moves = WhatMoved(before.steps, ClockOf(exclusion, {}, Calendar()),
                                            MoveCause::kExclusion, Calendar());
  ASSERT_THAT(moves, SizeIs(3)) << "board told termly, no provision, back a day earlier";
  EXPECT_EQ(moves[1].step, Step::kProvisionFrom);
  EXPECT_EQ(moves[1].was_due, Day(2026y / 9 / 14));
  EXPECT_FALSE(moves[1].applies);
  EXPECT_EQ(moves[1].why, "The suspension is not more than five school days on end.");
}

}  // namespace
}  // namespace pathways::exclusions
