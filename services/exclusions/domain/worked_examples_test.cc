// Cases of the statutory clock worked by hand, on the calendar of exclusion_fixture.h.

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/working.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Session;
using fixture::Calendar;
using fixture::Day;
using fixture::Excluded;
using fixture::Permanent;
using fixture::Spells;
using fixture::Suspended;
using MaybeDay = std::optional<Day>;

Exclusion WithRepresentations(Exclusion exclusion) {
  exclusion.decisions.representations_on = exclusion.start;
  return exclusion;
}

Exclusion BoardToldOn(Exclusion exclusion, Day day) {
  exclusion.decisions.board_told_on = day;
  return exclusion;
}

Exclusion MissingExamination(Exclusion exclusion, Day day) {
  exclusion.exam_on = day;
  return exclusion;
}

struct Example {
  int number;
  Exclusion exclusion;
  std::vector<Exclusion> earlier = {};
  MaybeDay last = {};
  MaybeDay back = {};
  Session back_session = Session::kMorning;
  std::vector<std::string> days_in_terms = {};  // of the terms it touches
  std::string days_in_year = {};
  MaybeDay provision = {};
  MaybeDay aim = {};
  MaybeDay consider_by = {};
  bool over_limit = false;
};

void PrintTo(const Example& example, std::ostream* out) { *out << "example " << example.number; }

const Day kSeptember7(2026y / 9 / 7);
const Day kNovember9(2026y / 11 / 9);
const Day kDay14(2026y / 9 / 14);
const Day kDay15(2026y / 9 / 15);

std::vector<Example> SuspensionsOfOneTerm() {
  return {
      {.number = 1,
       .exclusion = Suspended(kSeptember7, 10),
       .last = Day(2026y / 9 / 11),
       .back = kDay14,
       .days_in_terms = {"5"},
       .days_in_year = "5"},
      {.number = 2,
       .exclusion = Suspended(kSeptember7, 12),
       .last = kDay14,
       .back = kDay15,
       .days_in_terms = {"6"},
       .days_in_year = "6",
       .provision = kDay14},
      {.number = 3,
       .exclusion = Suspended(kSeptember7, 11, Session::kAfternoon),
       .last = kDay14,
       .back = kDay15,
       .days_in_terms = {"5.5"},
       .days_in_year = "5.5",
       .provision = kDay14},
      {.number = 4,
       .exclusion = Suspended(Day(2026y / 10 / 22), 12),
       .last = Day(2026y / 11 / 5),
       .back = Day(2026y / 11 / 6),
       .days_in_terms = {"6"},
       .days_in_year = "6",
       .provision = Day(2026y / 11 / 5)},
      {.number = 5,
       .exclusion = Suspended(Day(2026y / 9 / 10), 6),
       .earlier = {Suspended(kSeptember7, 6)},
       .last = kDay14,
       .back = kDay15,
       .days_in_terms = {"6"},
       .days_in_year = "6",
       .provision = kDay14},
      {.number = 6,
       .exclusion = Suspended(Day(2026y / 9 / 11), 8),
       .earlier = {Suspended(kSeptember7, 6)},
       .last = Day(2026y / 9 / 16),
       .back = Day(2026y / 9 / 17),
       .days_in_terms = {"7"},
       .days_in_year = "7"},
      {.number = 7,
       .exclusion = WithRepresentations(Suspended(kNovember9, 1)),
       .earlier = {Suspended(kSeptember7, 10)},
       .last = kNovember9,
       .back = kNovember9,
       .back_session = Session::kAfternoon,
       .days_in_terms = {"5.5"},
       .days_in_year = "5.5",
       .consider_by = Day(2027y / 2 / 4)},
      {.number = 8,
       .exclusion = Suspended(kNovember9, 1),
       .earlier = {Suspended(kSeptember7, 10)},
       .last = kNovember9,
       .back = kNovember9,
       .back_session = Session::kAfternoon,
       .days_in_terms = {"5.5"},
       .days_in_year = "5.5"},
      {.number = 9,
       .exclusion = WithRepresentations(Suspended(kNovember9, 10)),
       .earlier = {Suspended(kSeptember7, 20)},
       .last = Day(2026y / 11 / 13),
       .back = Day(2026y / 11 / 16),
       .days_in_terms = {"15"},
       .days_in_year = "15",
       .consider_by = Day(2027y / 2 / 4)},
      {.number = 10,
       .exclusion = BoardToldOn(Suspended(kNovember9, 11), Day(2026y / 11 / 10)),
       .earlier = {Suspended(kSeptember7, 20)},
       .last = Day(2026y / 11 / 16),
       .back = Day(2026y / 11 / 16),
       .back_session = Session::kAfternoon,
       .days_in_terms = {"15.5"},
       .days_in_year = "15.5",
       .provision = Day(2026y / 11 / 16),
       .consider_by = Day(2026y / 12 / 2)},
      {.number = 11,
       .exclusion = WithRepresentations(Excluded(Kind::kLunchtime, kSeptember7, 11)),
       .last = Day(2026y / 9 / 21),
       .back = Day(2026y / 9 / 22),
       .days_in_terms = {"5.5"},
       .days_in_year = "5.5",
       .consider_by = Day(2026y / 11 / 23)},
  };
}

std::vector<Example> OthersAndOverTerms() {
  return {
      {.number = 12,
       .exclusion = MissingExamination(Suspended(Day(2027y / 5 / 4), 14), Day(2027y / 5 / 12)),
       .last = Day(2027y / 5 / 12),
       .back = Day(2027y / 5 / 13),
       .days_in_terms = {"7"},
       .days_in_year = "7",
       .provision = Day(2027y / 5 / 11),
       .consider_by = Day(2027y / 5 / 11)},
      {.number = 13,
       .exclusion = Suspended(Day(2026y / 12 / 14), 20),
       .last = Day(2027y / 1 / 12),
       .back = Day(2027y / 1 / 13),
       .days_in_terms = {"5", "5"},
       .days_in_year = "10",
       .provision = Day(2027y / 1 / 6)},
      {.number = 14,
       .exclusion = Suspended(Day(2027y / 3 / 22), 20),
       .last = Day(2027y / 4 / 20),
       .back = Day(2027y / 4 / 21),
       .days_in_terms = {"4", "6"},
       .days_in_year = "10",
       .provision = Day(2027y / 4 / 14)},
      {.number = 15,
       .exclusion = Permanent(kSeptember7),
       .days_in_terms = {"0"},
       .days_in_year = "0",
       .provision = kDay15,
       .aim = kDay14,
       .consider_by = Day(2026y / 9 / 28)},
      {.number = 16,
       .exclusion = Permanent(Day(2026y / 10 / 14)),
       .days_in_terms = {"0"},
       .days_in_year = "0",
       .provision = Day(2026y / 10 / 22),
       .aim = Day(2026y / 10 / 21),
       .consider_by = Day(2026y / 11 / 11)},
      {.number = 18,
       .exclusion = Permanent(Day(2027y / 7 / 16)),
       .days_in_terms = {"0"},
       .days_in_year = "0",
       .provision = Day(2027y / 9 / 8),
       .aim = Day(2027y / 9 / 7),
       .consider_by = Day(2027y / 9 / 21)},
      {.number = 19,
       .exclusion = Suspended(Day(2027y / 6 / 8), 11),
       .earlier = {Suspended(kSeptember7, 30), Suspended(Day(2027y / 1 / 11), 30),
                   Suspended(Day(2027y / 4 / 19), 20)},
       .last = Day(2027y / 6 / 15),
       .back = Day(2027y / 6 / 15),
       .back_session = Session::kAfternoon,
       .days_in_terms = {"15.5"},
       .days_in_year = "45.5",
       .provision = Day(2027y / 6 / 15),
       .consider_by = Day(2027y / 6 / 29),
       .over_limit = true},
  };
}

class WorkedExample : public ::testing::TestWithParam<Example> {
 protected:
  StatutoryClock Clock() const {
    return ClockOf(GetParam().exclusion, Spells(GetParam().earlier), Calendar());
  }
};

TEST_P(WorkedExample, HasItsDays) {
  const StatutoryClock clock = Clock();
  EXPECT_EQ(clock.spell.back_on(), GetParam().back);
  if (!GetParam().last) return;
  EXPECT_EQ(clock.spell.last(), *GetParam().last);
  EXPECT_EQ(clock.spell.back_session(), GetParam().back_session);
}

TEST_P(WorkedExample, HasItsTotals) {
  const Totals totals = Clock().totals;
  std::vector<std::string> days_in_terms = {totals.in_first_term.ToDays()};
  if (totals.crosses_terms) days_in_terms.push_back(totals.in_last_term.ToDays());
  EXPECT_EQ(days_in_terms, GetParam().days_in_terms);
  EXPECT_EQ(totals.in_term, std::max(totals.in_first_term, totals.in_last_term));
  EXPECT_EQ(totals.in_year.ToDays(), GetParam().days_in_year);
  EXPECT_EQ(Clock().over_limit, GetParam().over_limit);
}

TEST_P(WorkedExample, HasItsDates) {
  const StatutoryClock clock = Clock();
  EXPECT_EQ(clock[Step::kProvisionFrom].due, GetParam().provision);
  EXPECT_EQ(clock[Step::kProvisionFrom].applies(), GetParam().provision.has_value());
  EXPECT_EQ(clock[Step::kProvisionFrom].aim, GetParam().aim);
  EXPECT_EQ(clock[Step::kGovernorsConsiderBy].due, GetParam().consider_by);
  EXPECT_EQ(clock[Step::kGovernorsConsiderBy].applies(), GetParam().consider_by.has_value());
}

TEST_P(WorkedExample, ShowsWorkingThatGivesTheDate) {
  const StatutoryClock clock = Clock();
  for (const Step step : kSteps) {
    const Working working = WorkingOf(step, clock, Calendar());
    EXPECT_FALSE(working.rule.empty()) << StepName(step);
    EXPECT_FALSE(working.source.empty()) << StepName(step);
    if (!clock[step].due) continue;
    EXPECT_EQ(Recount(clock[step].counting, working.days), clock[step].due) << StepName(step);
  }
}

std::string Name(const ::testing::TestParamInfo<Example>& info) {
  return "Example" + std::to_string(info.param.number);
}
INSTANTIATE_TEST_SUITE_P(OneTerm, WorkedExample, ::testing::ValuesIn(SuspensionsOfOneTerm()), Name);
INSTANTIATE_TEST_SUITE_P(Others, WorkedExample, ::testing::ValuesIn(OthersAndOverTerms()), Name);

// Examples 2 to 6, 14: with representations the board considers it within 50 school days.
TEST(WorkedExamples, Examples2To6And14AreConsideredOnRequestOnly) {
  for (std::vector<Example> examples : {SuspensionsOfOneTerm(), OthersAndOverTerms()}) {
    for (Example& example : examples) {
      const bool on_request = (example.number >= 2 && example.number <= 6) || example.number == 14;
      if (!on_request) continue;
      example.exclusion.decisions.representations_on = example.exclusion.start;
      const StatutoryClock clock = ClockOf(example.exclusion, Spells(example.earlier), Calendar());
      EXPECT_EQ(clock[Step::kGovernorsConsiderBy].due,
                Calendar().AddSchoolDays(example.exclusion.start, 50))
          << "example " << example.number;
    }
  }
}

Exclusion Declined() {
  Exclusion exclusion = Permanent(Day(2026y / 10 / 14));
  exclusion.decisions.board_met_on = Day(2026y / 11 / 11);
  exclusion.decisions.board_decision = BoardDecision::kDecline;
  exclusion.decisions.decision_notice_on = Day(2026y / 11 / 12);
  return exclusion;
}

TEST(WorkedExamples, Example16DeclinedAndNobodyApplies) {
  const StatutoryClock clock = ClockOf(Declined(), {}, Calendar());
  EXPECT_EQ(clock[Step::kReviewApplyBy].due, Day(2026y / 12 / 4));
  EXPECT_EQ(clock[Step::kRemoveFromRoll].due, Day(2026y / 12 / 5)) << "a Saturday";
  EXPECT_EQ(clock[Step::kRemoveFromRoll].kind, DueKind::kFromDay);
  EXPECT_FALSE(clock[Step::kReviewHearingBy].applies());
}

TEST(WorkedExamples, Example17AppliedAndReconsidered) {
  Exclusion exclusion = Declined();
  exclusion.decisions.review_applied_on = Day(2026y / 12 / 3);
  StatutoryClock clock = ClockOf(exclusion, {}, Calendar());
  EXPECT_EQ(clock[Step::kReviewHearingBy].due, Day(2027y / 1 / 11));
  EXPECT_EQ(clock[Step::kRemoveFromRoll].rule, Rule::kReviewIsOpen);

  exclusion.decisions.panel_notice_on = Day(2027y / 1 / 18);
  exclusion.decisions.panel_decision = PanelDecision::kQuash;
  clock = ClockOf(exclusion, {}, Calendar());
  EXPECT_EQ(clock[Step::kGovernorsReconsiderBy].due, Day(2027y / 2 / 1));
  EXPECT_EQ(clock[Step::kPaymentOrder].due, Day(2027y / 2 / 2));
  EXPECT_FALSE(clock[Step::kRemoveFromRoll].applies());
}

TEST(WorkedExamples, Example18IsCountedOverTheSummer) {
  const Exclusion exclusion = Permanent(Day(2027y / 7 / 16));
  const StatutoryClock clock = ClockOf(exclusion, {}, Calendar());
  const Working working = WorkingOf(Step::kProvisionFrom, clock, Calendar());
  EXPECT_EQ(working.starts_from, Day(2027y / 7 / 16));
  EXPECT_EQ(working.starts_from_words, "the first day of the permanent exclusion");
  const auto why = [&](Day day) {
    for (const CountedDay& counted : working.days) {
      if (counted.day == day) return counted.why_skipped;
    }
    return std::string("not told");
  };
  EXPECT_EQ(why(Day(2027y / 7 / 17)), "Saturday");
  EXPECT_EQ(why(Day(2027y / 7 / 19)), "") << "counted: the first of six";
  EXPECT_EQ(why(Day(2027y / 7 / 20)), "INSET day: Staff training");
  EXPECT_EQ(why(Day(2027y / 8 / 16)), "Outside term");
  EXPECT_EQ(why(Day(2027y / 9 / 1)), "INSET day: Staff training");
  EXPECT_EQ(working.days.back(), (CountedDay{Day(2027y / 9 / 8), 6, ""}));
}

}  // namespace
}  // namespace pathways::exclusions
