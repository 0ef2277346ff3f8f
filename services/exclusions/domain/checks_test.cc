#include "services/exclusions/domain/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "services/exclusions/domain/exclusion_fixture.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Session;
using fixture::Calendar;
using fixture::Day;
using fixture::Excluded;
using fixture::Permanent;
using fixture::School;
using fixture::Suspended;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Day kMonday(2026y / 11 / 9);
const Day kToday(2026y / 11 / 9);

Facts Good() {
  return {.kind = Kind::kSuspension, .start = kMonday, .half_days = 4, .reasons = {"PP"}};
}

Facts GoodPermanent() {
  return {.kind = Kind::kPermanent,
          .start = kMonday,
          .reasons = {"PP"},
          .has_evidence = true,
          .has_tried = true};
}

std::vector<Problem> Check(const Facts& facts, const std::vector<Exclusion>& others = {},
                           Day today = kToday) {
  std::vector<Known> known;
  for (const Exclusion& other : others) known.push_back({other, Spell::Of(other, Calendar())});
  const std::vector<OnRoll> on_roll = {{Day(2026y / 9 / 1)}};
  return CheckFacts(facts, {Calendar(), School(), known, on_roll, today});
}

auto Says(const std::string& field, const std::string& words) {
  return AllOf(Field(&Problem::field, field), Field(&Problem::words, HasSubstr(words)));
}

TEST(CheckFacts, LetsGoodFactsPass) {
  EXPECT_THAT(Check(Good()), IsEmpty());
  EXPECT_THAT(Check(GoodPermanent()), IsEmpty());
  Facts lunches = Good();
  lunches.kind = Kind::kLunchtime;
  EXPECT_THAT(Check(lunches), IsEmpty());
}

TEST(CheckFacts, WantsKindFirstDayLengthAndReason) {
  EXPECT_THAT(Check({}), ElementsAre(Says("kind", "Choose"), Says("start_date", "first day"),
                                     Says("half_days", "at least 1"), Says("reasons", "one")));
}

TEST(CheckFacts, RefusesAStartOnAClosedDay) {
  Facts facts = Good();
  for (const auto& [day, why] : {std::pair(Day(2026y / 11 / 27), "INSET day: Staff training"),
                                 std::pair(Day(2026y / 11 / 14), "Saturday"),
                                 std::pair(Day(2026y / 10 / 28), "School holiday")}) {
    facts.start = day;
    EXPECT_THAT(Check(facts), ElementsAre(Says("start_date", why)));
  }
}

TEST(CheckFacts, RefusesAPupilNotOnRollAndAYearNotKnown) {
  Facts facts = Good();
  facts.start = Day(2024y / 11 / 4);
  facts.reasons = {"PP"};
  EXPECT_THAT(Check(facts), ElementsAre(Says("start_date", "not on the school's roll"),
                                        Says("start_date", "add that calendar first")));
}

TEST(CheckFacts, RefusesAStartTooFarAhead) {
  Facts facts = Good();
  facts.start = Day(2027y / 2 / 1);
  EXPECT_THAT(Check(facts), ElementsAre(Says("start_date", "within the next 60 days")));
}

TEST(CheckFacts, RefusesALengthThatDoesNotFitTheKind) {
  Facts facts = Good();
  facts.half_days = 0;
  EXPECT_THAT(Check(facts), ElementsAre(Says("half_days", "at least 1")));
  facts.half_days = -3;
  EXPECT_THAT(Check(facts), ElementsAre(Says("half_days", "at least 1")));
  facts.half_days = 5000;
  EXPECT_THAT(Check(facts), ElementsAre(Says("half_days", "fits a school year")));
  facts = GoodPermanent();
  facts.half_days = 2;
  EXPECT_THAT(Check(facts), ElementsAre(Says("half_days", "leave it out")));
  facts = Good();
  facts.kind = Kind::kLunchtime;
  facts.start_session = Session::kAfternoon;
  EXPECT_THAT(Check(facts), ElementsAre(Says("start_session", "Only a suspension")));
}

TEST(CheckFacts, ComparesAStatedEndWithTheLength) {
  Facts facts = Good();
  facts.end = kMonday + 1;
  EXPECT_THAT(Check(facts), IsEmpty());
  facts.end = kMonday - 3;
  EXPECT_THAT(Check(facts), ElementsAre(Says("end_date", "is before the first day")));
  facts.end = kMonday;
  EXPECT_THAT(Check(facts), ElementsAre(Says("end_date", "take until 10 November 2026")));
  facts.end = kMonday + 4;
  EXPECT_THAT(Check(facts), IsEmpty()) << "days that need not be one run";
  facts = GoodPermanent();
  facts.end = kMonday + 4;
  EXPECT_THAT(Check(facts), ElementsAre(Says("end_date", "no end")));
}

TEST(CheckFacts, LetsALengthRunPastTheKnownCalendar) {
  Facts facts = Good();
  facts.start = Day(2027y / 12 / 16);
  facts.half_days = 10;
  EXPECT_THAT(Check(facts, {}, Day(2027y / 12 / 15)), IsEmpty())
      << "nobody has next year's calendar on the last day of this one";
}

TEST(CheckFacts, ReadsReasonsByTheDayOfTheDecision) {
  Facts facts = Good();
  facts.reasons = {"OT"};
  EXPECT_THAT(Check(facts), ElementsAre(Says("reasons", "in use until")));
  facts.reasons = {"PP", "PA", "DB", "BU"};
  EXPECT_THAT(Check(facts), ElementsAre(Says("reasons", "no more than three")));
  facts.reasons = {"QQ"};
  EXPECT_THAT(Check(facts), ElementsAre(Says("reasons", "not a reason")));
}

TEST(CheckFacts, RefusesADecisionAfterTheStartOrInTheFuture) {
  Facts facts = Good();
  facts.decided_on = kMonday + 1;
  EXPECT_THAT(Check(facts, {}, kMonday + 1),
              ElementsAre(Says("decided_on", "is after the first day")));
  facts.start = kMonday + 2;
  EXPECT_THAT(Check(facts), ElementsAre(Says("decided_on", "in the future")));
}

TEST(CheckFacts, RefusesAnExaminationThatIsNotMissed) {
  Facts facts = Good();
  facts.exam_on = kMonday + 1;
  EXPECT_THAT(Check(facts), IsEmpty());
  for (const Day day : {kMonday - 1, kMonday + 2}) {
    facts.exam_on = day;
    EXPECT_THAT(Check(facts), ElementsAre(Says("exam_on", "not in the days")));
  }
  facts = GoodPermanent();
  facts.exam_on = Day(2027y / 5 / 12);
  EXPECT_THAT(Check(facts), IsEmpty());
}

TEST(CheckFacts, RefusesSessionsThePupilIsAlreadyOut) {
  EXPECT_THAT(Check(Good(), {Suspended(kMonday - 3, 4)}),
              ElementsAre(Says("start_date", "overlaps the suspension from 6 November 2026 to 9")));
  EXPECT_THAT(Check(Good(), {Suspended(kMonday - 3, 2)}), IsEmpty()) << "back to back";
  Exclusion withdrawn = Suspended(kMonday, 4);
  withdrawn.state = State::kWithdrawn;
  EXPECT_THAT(Check(Good(), {withdrawn}), IsEmpty());
  Exclusion cancelled = Suspended(kMonday - 3, 10);
  cancelled.state = State::kCancelled;
  cancelled.ended_on = kMonday - 3;
  EXPECT_THAT(Check(Good(), {cancelled}), IsEmpty());
}

TEST(CheckFacts, LetsNothingFollowAPermanentExclusionOfTheSchool) {
  Exclusion permanent = Permanent(Day(2026y / 10 / 14));
  EXPECT_THAT(Check(Good(), {permanent}), ElementsAre(Says("start_date", "nothing can follow")));
  EXPECT_THAT(Check(GoodPermanent(), {Permanent(kMonday + 7)}),
              ElementsAre(Says("start_date", "nothing can follow")));
  permanent.state = State::kReinstated;
  EXPECT_THAT(Check(Good(), {permanent}), IsEmpty());
  permanent.state = State::kRecorded;
  permanent.urn = School(900002);
  EXPECT_THAT(Check(Good(), {permanent}), IsEmpty()) << "the pupil has a new school";
  EXPECT_THAT(Check(Good(), {Permanent(kMonday + 2)}), IsEmpty()) << "begins when this is over";
}

TEST(CheckFacts, WantsEvidenceForAPermanentExclusion) {
  Facts facts = GoodPermanent();
  facts.has_evidence = facts.has_tried = false;
  EXPECT_THAT(Check(facts), ElementsAre(Says("evidence", "what happened"), Says("tried", "tried")));
  facts.history = true;
  EXPECT_THAT(Check(facts), IsEmpty());
}

std::vector<Exclusion> FortyDays() {
  return {Suspended(Day(2026y / 9 / 7), 40), Suspended(Day(2027y / 1 / 11), 40)};
}

TEST(CheckFacts, RefusesMoreThan45DaysInTheYearWithTheSum) {
  Facts facts = Good();
  facts.start = Day(2027y / 6 / 8);
  facts.half_days = 10;
  const Day today(2027y / 6 / 8);
  EXPECT_THAT(Check(facts, FortyDays(), today), IsEmpty()) << "45 is no more than 45";
  facts.half_days = 11;
  EXPECT_THAT(Check(facts, FortyDays(), today),
              ElementsAre(Says("half_days",
                               "for 45.5 school days in the school year (40 without "
                               "these 5.5): the law allows no more than 45")));
  facts.history = true;
  EXPECT_THAT(Check(facts, FortyDays(), today), IsEmpty());
}

TEST(CheckFacts, SumsWhatStartsLaterToo) {
  Facts facts = Good();
  facts.half_days = 12;
  EXPECT_THAT(Check(facts, FortyDays(), Day(2027y / 3 / 1)),
              Contains(Says("half_days", "for 46 school days")));
}

TEST(CheckChange, MakesNothingLongerOrPermanent) {
  const Exclusion was = Suspended(kMonday, 4);
  Facts facts = Good();
  facts.half_days = 2;
  EXPECT_THAT(CheckChange(was, facts), IsEmpty()) << "reduced";
  facts.half_days = 5;
  EXPECT_THAT(CheckChange(was, facts), ElementsAre(Says("half_days", "further suspension")));
  facts.history = true;
  EXPECT_THAT(CheckChange(was, facts), IsEmpty());
  EXPECT_THAT(CheckChange(was, GoodPermanent()),
              ElementsAre(Says("kind", "record a permanent exclusion")));
  EXPECT_THAT(CheckChange(Permanent(kMonday), Good()), ElementsAre(Says("kind", "withdraw it")));
}

TEST(CheckChange, LeavesWhatHasEndedAlone) {
  Exclusion was = Suspended(kMonday, 4);
  was.state = State::kCancelled;
  EXPECT_THAT(CheckChange(was, Good()), ElementsAre(Says("kind", "was cancelled")));
}

TEST(CheckEnding, CancelsOnlyBeforeTheBoardConsidered) {
  Exclusion exclusion = Permanent(kMonday);
  EXPECT_THAT(CheckEnding(exclusion, Ending::kCancel, kMonday + 1, kMonday + 1), IsEmpty());
  EXPECT_THAT(CheckEnding(exclusion, Ending::kCancel, kMonday - 1, kMonday + 1),
              ElementsAre(Says("on", "only decided on 9 November 2026")));
  EXPECT_THAT(CheckEnding(exclusion, Ending::kCancel, kMonday + 2, kMonday + 1),
              ElementsAre(Says("on", "today or an earlier day")));
  exclusion.decisions.board_met_on = kMonday + 1;
  EXPECT_THAT(CheckEnding(exclusion, Ending::kCancel, kMonday + 2, kMonday + 2),
              ElementsAre(Says("ending", "already considered it")));
  EXPECT_THAT(CheckEnding(exclusion, Ending::kWithdraw, kMonday + 2, kMonday + 2), IsEmpty());
}

TEST(CheckEnding, EndsNothingTwice) {
  Exclusion exclusion = Permanent(kMonday);
  for (const State state : {State::kCancelled, State::kWithdrawn, State::kReinstated}) {
    exclusion.state = state;
    EXPECT_THAT(CheckEnding(exclusion, Ending::kWithdraw, kMonday, kMonday),
                ElementsAre(Says("ending", "already")));
  }
}

Whom SomePupil() {
  const Exclusion other = Suspended(kMonday, 1);
  return {other.id, other.pupil, other.urn, other.la_code, {}};
}

TEST(MakeExclusion, TakesGoodFactsOver) {
  Facts facts = Good();
  facts.start_session = Session::kAfternoon;
  facts.reasons = {"", "db", "PP"};
  const auto exclusion = MakeExclusion(SomePupil(), facts);
  ASSERT_TRUE(exclusion.ok()) << exclusion.status();
  EXPECT_EQ(exclusion->half_days, HalfDays::Of(4));
  EXPECT_EQ(exclusion->start_session, Session::kAfternoon);
  EXPECT_EQ(exclusion->decided_on, kMonday);
  EXPECT_EQ(exclusion->reasons.ToString(), "DB PP");
  EXPECT_EQ(exclusion->state, State::kRecorded);
}

TEST(MakeExclusion, NeverGuesses) {
  EXPECT_FALSE(MakeExclusion(SomePupil(), {}).ok());
  Facts facts = Good();
  facts.reasons.clear();
  EXPECT_FALSE(MakeExclusion(SomePupil(), facts).ok());
}

}  // namespace
}  // namespace pathways::exclusions
