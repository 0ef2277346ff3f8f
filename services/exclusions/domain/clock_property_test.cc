// What must hold of every clock, over random calendars and exclusions.

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/naive_clock.h"
#include "services/exclusions/domain/random_calendar.h"

namespace pathways::exclusions {
namespace {

using education::SchoolCalendar;
using education::Session;
using fixture::CalendarEntry;
using fixture::CalendarKind;
using fixture::Day;
using fixture::Days;
using fixture::Dice;
using fixture::Excluded;
using fixture::kSeed;
using fixture::kWorlds;
using fixture::NaiveCalendar;
using fixture::NaiveClock;
using fixture::NaiveModel;
using fixture::RandomEntries;
using fixture::Spells;

constexpr int kExclusionsInWorld = 40;

// Suspensions of one pupil that do not overlap, in order; the last is the one that is asked about.
std::vector<Exclusion> RandomLife(Dice& dice, const SchoolCalendar& calendar) {
  std::vector<Exclusion> life;
  std::size_t at = static_cast<std::size_t>(dice.From(0, 120));
  for (int i = dice.From(1, 5); i > 0; --i) {
    if (at + 60 >= calendar.school_days().size()) break;
    const Day start = calendar.school_days()[at];
    const bool lunch = dice.OneIn(5);
    const int half_days = dice.OneIn(3) ? dice.From(10, 30) : dice.From(1, 12);
    const Session session = !lunch && dice.OneIn(3) ? Session::kAfternoon : Session::kMorning;
    life.push_back(
        Excluded(lunch ? Kind::kLunchtime : Kind::kSuspension, start, half_days, session));
    const Spell spell = Spell::Of(life.back(), calendar);
    at += static_cast<std::size_t>(calendar.SchoolDaysBetween(start, spell.last()));
    if (!dice.OneIn(3)) at += static_cast<std::size_t>(dice.From(1, 15));
  }
  Exclusion& own = life.back();
  if (dice.OneIn(2)) own.decisions.representations_on = own.start;
  if (dice.OneIn(3)) own.decisions.board_told_on = own.start + dice.From(0, 20);
  if (dice.OneIn(5)) own.exam_on = own.start + dice.From(1, 40);
  return life;
}

std::vector<Exclusion> AllButLast(std::vector<Exclusion> life) {
  life.pop_back();
  return life;
}

TEST(ClockProperty, AgreesWithTheNaiveModel) {
  Dice dice(kSeed);
  int provisions = 0;
  int considered = 0;
  for (int world = 0; world < kWorlds; ++world) {
    const SchoolCalendar calendar = education::fixture::Calendar(RandomEntries(dice));
    const NaiveCalendar naive_calendar(calendar);
    for (int i = 0; i < kExclusionsInWorld; ++i) {
      const std::vector<Exclusion> life = RandomLife(dice, calendar);
      const NaiveClock naive = NaiveModel(naive_calendar, life).Clock();
      const std::vector<Spell> earlier = Spells(AllButLast(life), calendar);
      const StatutoryClock clock = ClockOf(life.back(), earlier, calendar);
      SCOPED_TRACE("world " + std::to_string(world) + ", exclusion " + std::to_string(i));
      ASSERT_EQ(clock.spell.last(), naive.last);
      ASSERT_EQ(clock.spell.back_on(), naive.back);
      ASSERT_EQ(clock.totals.in_term.count(), naive.in_term);
      ASSERT_EQ(clock.totals.in_year.count(), naive.in_year);
      ASSERT_EQ(clock[Step::kProvisionFrom].due, naive.provision);
      ASSERT_EQ(clock[Step::kGovernorsConsiderBy].due, naive.consider_by);
      provisions += naive.provision ? 1 : 0;
      considered += naive.consider_by ? 1 : 0;
    }
  }
  EXPECT_GT(provisions, kWorlds) << "the lives must reach day six";
  EXPECT_GT(considered, kWorlds) << "and the governing board";
}

// Of a whole clock, for an exclusion alone: a closure that is not within its own days.
TEST(ClockProperty, MovesOnlyOneWayWithAClosure) {
  Dice dice(kSeed + 2);
  int moved = 0;
  for (int world = 0; world < kWorlds; ++world) {
    std::vector<CalendarEntry> entries = RandomEntries(dice);
    const SchoolCalendar calendar = education::fixture::Calendar(entries);
    const std::size_t at = static_cast<std::size_t>(dice.From(0, 200));
    Exclusion exclusion = Excluded(Kind::kPermanent, calendar.school_days()[at], 0);
    exclusion.decisions.board_decision = BoardDecision::kDecline;
    exclusion.decisions.decision_notice_on = exclusion.start + dice.From(1, 30);
    const StatutoryClock before = ClockOf(exclusion, {}, calendar);
    const Day closed = exclusion.start + dice.From(1, 60);
    entries.push_back(Days(CalendarKind::kClosure, closed, closed + dice.From(0, 4)));
    const StatutoryClock after = ClockOf(exclusion, {}, education::fixture::Calendar(entries));
    for (const Step step : kSteps) {
      ASSERT_EQ(before[step].rule, after[step].rule) << StepName(step);
      if (!before[step].due || !after[step].due) continue;
      ASSERT_GE(*after[step].due, *before[step].due) << StepName(step);
      moved += *after[step].due > *before[step].due ? 1 : 0;
    }
  }
  EXPECT_GT(moved, kWorlds / 2);
}

TEST(ClockProperty, DatesOfALaterPermanentExclusionAreNotEarlier) {
  Dice dice(kSeed + 3);
  for (int world = 0; world < kWorlds; ++world) {
    const SchoolCalendar calendar = education::fixture::Calendar(RandomEntries(dice));
    std::optional<StatutoryClock> before;
    for (std::size_t at = 0; at < 250; at += static_cast<std::size_t>(dice.From(1, 7))) {
      const StatutoryClock clock =
          ClockOf(Excluded(Kind::kPermanent, calendar.school_days()[at], 0), {}, calendar);
      for (const Step step : {Step::kProvisionFrom, Step::kGovernorsConsiderBy, Step::kSetWork}) {
        if (!before) continue;
        ASSERT_GE(*clock[step].due, *(*before)[step].due) << StepName(step);
      }
      before = clock;
    }
  }
}

}  // namespace
}  // namespace pathways::exclusions
