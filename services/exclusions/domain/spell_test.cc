#include "services/exclusions/domain/spell.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/totals.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Session;
using fixture::Calendar;
using fixture::Day;
using fixture::Excluded;
using fixture::School;
using fixture::Spells;
using fixture::Suspended;

const Day kMonday(2026y / 9 / 7);

Spell Of(const Exclusion& exclusion) { return Spell::Of(exclusion, Calendar()); }

TEST(Spell, OfHalfADayIsBackTheSameDayOrTheNext) {
  const Spell morning = Of(Suspended(kMonday, 1));
  EXPECT_EQ(morning.back_on(), kMonday);
  EXPECT_EQ(morning.back_session(), Session::kAfternoon);
  const Spell afternoon = Of(Suspended(kMonday, 1, Session::kAfternoon));
  EXPECT_EQ(afternoon.last(), kMonday);
  EXPECT_EQ(afternoon.back_on(), kMonday + 1);
  EXPECT_EQ(afternoon.back_session(), Session::kMorning);
}

TEST(Spell, BeginsOnTheNextSchoolDayWhereTheFirstWasClosedLater) {
  const Spell spell = Of(Suspended(Day(2026y / 11 / 27), 3, Session::kAfternoon));
  EXPECT_EQ(spell.first(), Day(2026y / 11 / 30)) << "the INSET day and the weekend are passed over";
  EXPECT_EQ(spell.last(), Day(2026y / 12 / 1)) << "whole days from there";
  EXPECT_EQ(spell.back_session(), Session::kAfternoon);
}

TEST(Spell, IsSummedOverAnySpan) {
  const Spell spell = Of(Suspended(kMonday, 10, Session::kAfternoon));  // until Monday morning
  EXPECT_EQ(spell.last(), kMonday + 7);
  EXPECT_EQ(spell.In({kMonday, kMonday}), HalfDays::Of(1));
  EXPECT_EQ(spell.In({kMonday, kMonday + 1}), HalfDays::Of(3));
  EXPECT_EQ(spell.In({kMonday + 5, kMonday + 6}), HalfDays()) << "the weekend";
  EXPECT_EQ(spell.In({kMonday + 7, kMonday + 30}), HalfDays::Of(1));
  EXPECT_EQ(spell.In({kMonday - 30, kMonday + 30}), HalfDays::Of(10));
  EXPECT_EQ(spell.In({kMonday + 8, kMonday + 30}), HalfDays());
}

TEST(Spell, CancelledCountsWhatWasServed) {
  Exclusion exclusion = Suspended(kMonday, 10);
  exclusion.state = State::kCancelled;
  exclusion.ended_on = kMonday + 1;
  const Spell spell = Of(exclusion);
  EXPECT_EQ(spell.length(), HalfDays::Of(4)) << "the day of the cancellation too";
  EXPECT_EQ(spell.last(), kMonday + 1);
  EXPECT_EQ(spell.back_on(), kMonday + 2);
  exclusion.ended_on = kMonday - 3;
  EXPECT_TRUE(Of(exclusion).is_empty()) << "before it began";
  exclusion.ended_on = kMonday + 20;
  EXPECT_EQ(Of(exclusion).length(), HalfDays::Of(10)) << "after it was over";
}

TEST(Spell, ReinstatedCountsUntilThePupilIsBack) {
  Exclusion exclusion = Suspended(kMonday, 40);
  exclusion.state = State::kReinstated;
  exclusion.decisions.reinstated_from = kMonday + 9;
  const Spell spell = Of(exclusion);
  EXPECT_EQ(spell.length(), HalfDays::Of(14));
  EXPECT_EQ(spell.last(), kMonday + 8);
  EXPECT_EQ(spell.back_on(), kMonday + 9);
}

TEST(Spell, WithdrawnAndPermanentHaveNoDays) {
  Exclusion exclusion = Suspended(kMonday, 10);
  exclusion.state = State::kWithdrawn;
  EXPECT_TRUE(Of(exclusion).is_empty());
  EXPECT_TRUE(Of(fixture::Permanent(kMonday)).is_empty());
  EXPECT_EQ(Of(fixture::Permanent(kMonday)).back_on(), std::nullopt);
}

TEST(Spell, SaysWhenTheCalendarIsNotKnown) {
  const Spell past_the_end = Of(Suspended(Day(2027y / 12 / 16), 10));
  EXPECT_FALSE(past_the_end.is_complete());
  EXPECT_EQ(past_the_end.length(), HalfDays::Of(4)) << "the days that are known";
  EXPECT_EQ(past_the_end.back_on(), std::nullopt);
  const Spell unknown_year = Of(Suspended(Day(2024y / 11 / 4), 6));
  EXPECT_FALSE(unknown_year.is_placed());
  EXPECT_EQ(unknown_year.In(SchoolYearOf(Day(2024y / 11 / 4))), HalfDays::Of(6));
  EXPECT_EQ(unknown_year.In(SchoolYearOf(kMonday)), HalfDays());
}

TEST(Spell, OverlapsBySession) {
  const auto overlap = [](const Exclusion& a, const Exclusion& b) {
    EXPECT_EQ(Of(a).Overlaps(Of(b)), Of(b).Overlaps(Of(a)));
    return Of(a).Overlaps(Of(b));
  };
  EXPECT_TRUE(overlap(Suspended(kMonday, 4), Suspended(kMonday + 1, 2)));
  EXPECT_FALSE(overlap(Suspended(kMonday, 4), Suspended(kMonday + 2, 2))) << "back to back";
  EXPECT_FALSE(overlap(Suspended(kMonday, 3), Suspended(kMonday + 1, 2, Session::kAfternoon)))
      << "morning and afternoon of one day";
  EXPECT_TRUE(overlap(Suspended(kMonday, 3), Suspended(kMonday + 1, 2)));
  const Exclusion lunches = Excluded(Kind::kLunchtime, kMonday, 5);
  EXPECT_TRUE(overlap(lunches, Excluded(Kind::kLunchtime, kMonday + 4, 1)));
  EXPECT_FALSE(overlap(lunches, Excluded(Kind::kLunchtime, kMonday + 7, 1)));
  EXPECT_TRUE(overlap(lunches, Suspended(kMonday + 2, 2)));
  EXPECT_FALSE(overlap(lunches, Suspended(kMonday + 2, 1))) << "a morning has no lunch";
  EXPECT_FALSE(overlap(lunches, Suspended(kMonday + 2, 1, Session::kAfternoon)));
  EXPECT_FALSE(overlap(Suspended(kMonday, 2), fixture::Permanent(kMonday)));
}

TEST(Totals, MarkDaysAtAnotherSchool) {
  Exclusion elsewhere = Suspended(kMonday, 6);
  elsewhere.urn = School(900002);
  const std::vector<Spell> earlier = Spells({elsewhere, Suspended(kMonday + 7, 2)});
  const Totals totals = TotalsOf(Of(Suspended(kMonday + 14, 4)), earlier);
  EXPECT_EQ(totals.in_year, HalfDays::Of(12));
  EXPECT_EQ(totals.in_term, HalfDays::Of(12));
  EXPECT_EQ(totals.elsewhere, HalfDays::Of(6));
}

TEST(Totals, CountTheYearThatFollowsToo) {
  const Totals totals = TotalsOf(Of(Suspended(Day(2027y / 7 / 15), 10)), {});
  EXPECT_EQ(totals.in_year, HalfDays::Of(6)) << "15, 16 and 19 July";
  EXPECT_EQ(totals.in_next_year, HalfDays::Of(4));
  EXPECT_EQ(totals.HigherYear(), HalfDays::Of(6));
}

TEST(Totals, StandOnADay) {
  const std::vector<Spell> all = Spells({Suspended(kMonday, 6), Suspended(Day(2027y / 1 / 11), 4)});
  EXPECT_EQ(TotalsOn(Day(2026y / 12 / 1), School(), all).in_year, HalfDays::Of(6));
  const Totals spring = TotalsOn(Day(2027y / 2 / 1), School(), all);
  EXPECT_EQ(spring.in_year, HalfDays::Of(10));
  EXPECT_EQ(spring.in_term, HalfDays::Of(4));
  EXPECT_EQ(TotalsOn(Day(2027y / 9 / 6), School(), all).in_year, HalfDays());
}

TEST(Run, GoesBackThroughAllThatTouch) {
  const Exclusion own = Suspended(kMonday + 7, 4);
  const auto run = RunOf(Of(own),
                         Spells({Suspended(kMonday, 4), Excluded(Kind::kLunchtime, kMonday + 2, 1),
                                 Suspended(kMonday + 2, 3), Suspended(kMonday + 4, 2)}),
                         Calendar());
  ASSERT_TRUE(run.has_value());
  EXPECT_EQ(*run, (DayRun{kMonday, kMonday + 8, 7}))
      << "over half a day back in school and a weekend";
}

TEST(Run, IsOfOneSchoolAndNeverOfLunchtimes) {
  Exclusion elsewhere = Suspended(kMonday, 10);
  elsewhere.urn = School(900002);
  const auto run = RunOf(Of(Suspended(kMonday + 7, 4)), Spells({elsewhere}), Calendar());
  EXPECT_EQ(run->school_days, 2);
  EXPECT_EQ(RunOf(Of(Excluded(Kind::kLunchtime, kMonday, 11)), {}, Calendar()), std::nullopt);
}

}  // namespace
}  // namespace pathways::exclusions
