#include "services/exclusions/domain/clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/domain/working.h"

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using fixture::Calendar;
using fixture::Day;
using fixture::Excluded;
using fixture::Permanent;
using fixture::Suspended;
using ::testing::HasSubstr;

const Day kMonday(2026y / 9 / 7);

StatutoryClock Of(const Exclusion& exclusion) { return ClockOf(exclusion, {}, Calendar()); }

TEST(Clock, TellsParentsAndAuthorityOfEveryExclusion) {
  for (const Exclusion& exclusion :
       {Suspended(kMonday, 1), Excluded(Kind::kLunchtime, kMonday, 1), Permanent(kMonday)}) {
    const StatutoryClock clock = Of(exclusion);
    EXPECT_EQ(clock[Step::kNotifyParents].kind, DueKind::kWithoutDelay);
    EXPECT_EQ(clock[Step::kNotifyLocalAuthority].kind, DueKind::kWithoutDelay);
    EXPECT_EQ(clock[Step::kSetWork].due, kMonday);
  }
}

TEST(Clock, TellsOnceATermWhatIsNotGrave) {
  const StatutoryClock clock = Of(Suspended(kMonday, 10));
  EXPECT_EQ(clock[Step::kNotifyGoverningBoard].rule, Rule::kBoardTermly);
  EXPECT_EQ(clock[Step::kNotifyGoverningBoard].due, Day(2026y / 12 / 18));
  EXPECT_EQ(Of(Suspended(Day(2027y / 3 / 1), 2))[Step::kNotifyGoverningBoard].due,
            Day(2027y / 3 / 25))
      << "the term ends with Easter Monday";
}

TEST(Clock, TellsTheBoardAtOnceOfWhatIsGrave) {
  Exclusion exam = Suspended(kMonday, 1);
  exam.exam_on = kMonday;
  for (const Exclusion& exclusion : {Suspended(kMonday, 11), Permanent(kMonday), exam}) {
    EXPECT_EQ(Of(exclusion)[Step::kNotifyGoverningBoard].kind, DueKind::kWithoutDelay);
  }
}

TEST(Clock, ToldTheAuthorityOnceATermBefore2022) {
  Exclusion exclusion = Suspended(kMonday, 2);
  exclusion.pupil_then.has_social_worker = true;
  exclusion.pupil_then.looked_after = true;
  const StatutoryClock then = ClockOf(exclusion, {}, Calendar(), RuleSetOn(Day(2022y / 8 / 31)));
  EXPECT_EQ(then[Step::kNotifyLocalAuthority].due, Day(2026y / 12 / 18));
  EXPECT_EQ(then[Step::kNotifySocialWorker].rule, Rule::kNotAskedThen);
  EXPECT_EQ(then[Step::kNotifyVirtualSchoolHead].rule, Rule::kNotAskedThen);
  const StatutoryClock now = Of(exclusion);
  EXPECT_EQ(now[Step::kNotifySocialWorker].kind, DueKind::kWithoutDelay);
  EXPECT_EQ(now[Step::kNotifyVirtualSchoolHead].kind, DueKind::kWithoutDelay);
}

TEST(Clock, OwesProvisionOnlyAtCompulsoryAgeWithExaminationsLeft) {
  for (Exclusion exclusion : {Suspended(kMonday, 12), Permanent(kMonday)}) {
    EXPECT_TRUE(Of(exclusion)[Step::kProvisionFrom].applies());
    exclusion.pupil_then.no_examinations_left = true;
    EXPECT_EQ(Of(exclusion)[Step::kProvisionFrom].rule, Rule::kNoExaminationsLeft);
    exclusion.pupil_then.compulsory_age = false;
    EXPECT_EQ(Of(exclusion)[Step::kProvisionFrom].rule, Rule::kNotOfCompulsoryAge);
  }
}

TEST(Clock, WantsTheBoardBeforeTheExaminationEvenWhenThatHasPassed) {
  Exclusion exclusion = Permanent(kMonday);
  exclusion.exam_on = kMonday + 1;
  const StepDate date = Of(exclusion)[Step::kGovernorsConsiderBy];
  EXPECT_EQ(date.due, kMonday);
  EXPECT_EQ(date.rule, Rule::kConsiderBeforeExamination);
  exclusion.exam_on = Day(2027y / 5 / 12);
  EXPECT_EQ(Of(exclusion)[Step::kGovernorsConsiderBy].rule, Rule::kConsiderPermanent);
}

TEST(Clock, KeepsAskingForWhatWasImposed) {
  Exclusion exclusion = Suspended(kMonday, 40);
  exclusion.decisions.board_met_on = kMonday + 2;
  exclusion.decisions.board_decision = BoardDecision::kReinstate;
  exclusion.decisions.reinstated_from = kMonday + 3;
  exclusion.state = State::kReinstated;
  const StatutoryClock clock = Of(exclusion);
  EXPECT_EQ(clock.totals.in_term, HalfDays::Of(6)) << "what was served";
  EXPECT_EQ(clock[Step::kGovernorsConsiderBy].rule, Rule::kConsiderOverFifteen);
  EXPECT_EQ(clock[Step::kNotifyGoverningBoard].kind, DueKind::kWithoutDelay);
  EXPECT_EQ(clock[Step::kReintegrationMeeting].due, kMonday + 3);
}

TEST(Clock, SaysThatADayLiesPastTheCalendar) {
  const StatutoryClock clock = Of(Permanent(Day(2027y / 12 / 13)));
  EXPECT_EQ(clock[Step::kProvisionFrom].kind, DueKind::kPastCalendar);
  EXPECT_EQ(clock[Step::kProvisionFrom].due, std::nullopt);
  const StatutoryClock suspension = Of(Suspended(Day(2027y / 12 / 13), 30));
  EXPECT_EQ(suspension[Step::kProvisionFrom].kind, DueKind::kPastCalendar);
  EXPECT_EQ(suspension[Step::kReintegrationMeeting].kind, DueKind::kPastCalendar);
}

TEST(Clock, LetsTheRollGoOnlyAfterTheLastWord) {
  Exclusion exclusion = Permanent(Day(2026y / 10 / 14));
  Decisions& decisions = exclusion.decisions;
  const auto roll = [&] { return Of(exclusion)[Step::kRemoveFromRoll]; };
  EXPECT_EQ(roll().rule, Rule::kBoardHasNotDecided);
  decisions.board_decision = BoardDecision::kDecline;
  EXPECT_EQ(roll().rule, Rule::kNoDecisionNotice);
  decisions.review_waived_on = Day(2026y / 11 / 17);
  EXPECT_EQ(roll().due, Day(2026y / 11 / 17));
  decisions.review_applied_on = Day(2026y / 11 / 20);
  EXPECT_EQ(roll().rule, Rule::kReviewIsOpen) << "they applied after all";
  decisions.panel_decision = PanelDecision::kUphold;
  decisions.panel_notice_on = Day(2027y / 1 / 11);
  EXPECT_EQ(roll().due, Day(2027y / 1 / 11));
  decisions.panel_decision = PanelDecision::kRecommend;
  EXPECT_EQ(roll().rule, Rule::kReviewIsOpen);
  decisions.reconsidered_on = Day(2027y / 1 / 20);
  decisions.reconsidered_decision = BoardDecision::kDecline;
  EXPECT_EQ(roll().due, Day(2027y / 1 / 20));
  decisions.reconsidered_decision = BoardDecision::kReinstate;
  EXPECT_EQ(roll().rule, Rule::kBoardReinstated);
}

TEST(Working, TellsTheRuleItsVersionAndItsStart) {
  const StatutoryClock clock = Of(Permanent(kMonday));
  const Working working = WorkingOf(Step::kGovernorsConsiderBy, clock, Calendar());
  EXPECT_EQ(working.rule,
            "The governing board must consider a permanent exclusion within 15 school days after "
            "it was told.");
  EXPECT_EQ(working.rule_version, "2023-09");
  EXPECT_EQ(working.starts_from, kMonday);
  EXPECT_EQ(working.starts_from_words, "the day the governing board was told");
  EXPECT_EQ(working.days.front().number, 0);
  EXPECT_EQ(working.days.back().number, 15);
}

TEST(Working, SaysWhyAStepIsNotAskedFor) {
  const StatutoryClock clock = Of(Suspended(kMonday, 10));
  const Working working = WorkingOf(Step::kGovernorsConsiderBy, clock, Calendar());
  EXPECT_EQ(working.rule,
            "With 5 days or fewer in the term the governing board considers representations, but "
            "need not meet and cannot reinstate.");
  EXPECT_TRUE(working.days.empty());
  EXPECT_EQ(working.starts_from, std::nullopt);
}

TEST(Rule, SentencesHoldNoPlaceLeftOpen) {
  for (int i = 1; i <= static_cast<int>(Rule::kNoReturn); ++i) {
    const Rule rule = static_cast<Rule>(i);
    for (const RuleSet& rules : RuleSets()) {
      const std::string sentence = RuleSentence(rule, rules);
      EXPECT_EQ(sentence.find_first_of("{}"), std::string::npos) << sentence;
      EXPECT_EQ(sentence.back(), '.') << sentence;
    }
    EXPECT_FALSE(RuleSource(rule).empty()) << i;
  }
  EXPECT_THAT(RuleSentence(Rule::kPaymentDeclined, RuleSets().back()), HasSubstr("£4,000"));
}

}  // namespace
}  // namespace pathways::exclusions
