#include "services/exclusions/domain/clock.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

using education::Day;
using education::SchoolCalendar;

StepDate NotAsked(Rule why) { return {.rule = why}; }

StepDate WithoutDelay(Rule rule, Day from) {
  return {.kind = DueKind::kWithoutDelay, .rule = rule, .counting = {Count::kNone, from, 0}};
}

// Fills in one clock. Each method decides one step; the order of its tests is the order in which
// the law excludes.
class Maker {
 public:
  Maker(const Exclusion& exclusion, const SchoolCalendar& calendar, StatutoryClock& clock)
      : exclusion_(exclusion),
        decisions_(exclusion.decisions),
        calendar_(calendar),
        rules_(*clock.rules),
        clock_(clock) {}

  void Make();

 private:
  bool permanent() const { return exclusion_.kind == Kind::kPermanent; }
  bool suspension_over(HalfDays limit) const { return clock_.imposed_in_term > limit; }
  // Without delay to the board; before September 2022 to the authority too.
  bool is_grave() const {
    return permanent() || exclusion_.exam_on || suspension_over(rules_.told_at_once);
  }

  StepDate Counted(Rule rule, const Counting& counting, DueKind kind = DueKind::kOnDay) const;
  StepDate Termly(Rule rule) const;
  StepDate Authority() const;
  StepDate SocialWorker() const;
  StepDate VirtualSchoolHead() const;
  StepDate Board() const;
  StepDate Provision() const;
  StepDate ProvisionOfSuspension() const;
  StepDate ProvisionOfPermanent() const;
  StepDate Consider() const;
  StepDate ConsiderSoon(Rule rule) const;
  StepDate DecisionNotice() const;
  std::optional<Rule> NoReview() const;
  StepDate Apply() const;
  StepDate Hearing() const;
  StepDate PanelNotice() const;
  std::optional<Rule> NoReconsideration() const;
  StepDate Reconsider() const;
  StepDate Payment() const;
  StepDate Roll() const;
  StepDate RollAfterReview() const;
  StepDate Reintegration() const;

  const Exclusion& exclusion_;
  const Decisions& decisions_;
  const SchoolCalendar& calendar_;
  const RuleSet& rules_;
  StatutoryClock& clock_;
};

StepDate Maker::Counted(Rule rule, const Counting& counting, DueKind kind) const {
  const auto due = CountedTo(counting, calendar_);
  return {
      .kind = due ? kind : DueKind::kPastCalendar, .rule = rule, .due = due, .counting = counting};
}

StepDate Maker::Termly(Rule rule) const {
  const Day start = clock_.spell.first();
  StepDate date = Counted(rule, {Count::kLastBefore, StatutoryTermOf(start).last + 1, 0});
  if (date.due && *date.due < start) {  // the calendar of this term is not known
    date.kind = DueKind::kPastCalendar;
    date.due.reset();
  }
  return date;
}

StepDate Maker::Authority() const {
  if (rules_.every_exclusion_to_authority || is_grave()) {
    return WithoutDelay(Rule::kAuthorityAtOnce, exclusion_.decided_on);
  }
  return Termly(Rule::kAuthorityTermly);
}

StepDate Maker::SocialWorker() const {
  if (!exclusion_.pupil_then.has_social_worker) return NotAsked(Rule::kNoSocialWorker);
  if (!rules_.social_worker_and_virtual_school) return NotAsked(Rule::kNotAskedThen);
  return WithoutDelay(Rule::kSocialWorkerAtOnce, exclusion_.decided_on);
}

StepDate Maker::VirtualSchoolHead() const {
  if (!exclusion_.pupil_then.looked_after) return NotAsked(Rule::kNotLookedAfter);
  if (!rules_.social_worker_and_virtual_school) return NotAsked(Rule::kNotAskedThen);
  return WithoutDelay(Rule::kVirtualSchoolHeadAtOnce, exclusion_.decided_on);
}

StepDate Maker::Board() const {
  if (is_grave()) return WithoutDelay(Rule::kBoardAtOnce, exclusion_.decided_on);
  return Termly(Rule::kBoardTermly);
}

StepDate Maker::Provision() const {
  if (exclusion_.kind == Kind::kLunchtime) return NotAsked(Rule::kLunchtimesMakeNoRun);
  if (!exclusion_.pupil_then.compulsory_age) return NotAsked(Rule::kNotOfCompulsoryAge);
  if (exclusion_.pupil_then.no_examinations_left) return NotAsked(Rule::kNoExaminationsLeft);
  return permanent() ? ProvisionOfPermanent() : ProvisionOfSuspension();
}

StepDate Maker::ProvisionOfSuspension() const {
  const int wanted = rules_.provision_day;
  if (clock_.run && clock_.run->school_days >= wanted) {
    return Counted(Rule::kProvisionSuspension, {Count::kNth, clock_.run->first, wanted});
  }
  const bool afternoon = exclusion_.start_session == education::Session::kAfternoon;
  const int days = (exclusion_.half_days.count() + (afternoon ? 2 : 1)) / 2;
  if (!clock_.spell.is_complete() && days >= wanted) {
    return Counted(Rule::kProvisionSuspension, {Count::kNth, exclusion_.start, wanted});
  }
  return NotAsked(Rule::kFewerThanSixDays);
}

StepDate Maker::ProvisionOfPermanent() const {
  const int days = rules_.provision_day;
  StepDate date = Counted(Rule::kProvisionPermanent, {Count::kAfter, exclusion_.start, days});
  date.aim = CountedTo({Count::kNth, exclusion_.start, days}, calendar_);
  return date;
}

StepDate Maker::Consider() const {
  if (permanent()) return ConsiderSoon(Rule::kConsiderPermanent);
  if (suspension_over(rules_.considered_soon)) return ConsiderSoon(Rule::kConsiderOverFifteen);
  if (exclusion_.exam_on) return ConsiderSoon(Rule::kConsiderExamination);
  if (!suspension_over(rules_.told_at_once)) return NotAsked(Rule::kFiveDaysOrFewer);
  if (!decisions_.representations_on) return NotAsked(Rule::kNoRepresentations);
  return Counted(Rule::kConsiderOnRequest,
                 {Count::kAfter, BoardTold(exclusion_), rules_.consider_on_request_days});
}

// The earlier of the two: also when the day before the examination has already passed, so that the
// page says what the law wanted and that it is late.
StepDate Maker::ConsiderSoon(Rule rule) const {
  StepDate date = Counted(rule, {Count::kAfter, BoardTold(exclusion_), rules_.consider_soon_days});
  if (!exclusion_.exam_on) return date;
  const StepDate before =
      Counted(Rule::kConsiderBeforeExamination, {Count::kLastBefore, *exclusion_.exam_on, 0});
  return before.due && (!date.due || *before.due < *date.due) ? before : date;
}

StepDate Maker::DecisionNotice() const {
  if (!decisions_.board_met_on && !decisions_.board_decision) {
    return NotAsked(Rule::kBoardHasNotDecided);
  }
  const auto from =
      decisions_.board_met_on ? decisions_.board_met_on : decisions_.decision_notice_on;
  return WithoutDelay(Rule::kDecisionNotice, from.value_or(BoardTold(exclusion_)));
}

// Why there can be no review of it.
std::optional<Rule> Maker::NoReview() const {
  if (!permanent()) return Rule::kNotPermanent;
  if (!decisions_.board_decision) return Rule::kBoardHasNotDecided;
  if (*decisions_.board_decision == BoardDecision::kReinstate) return Rule::kBoardReinstated;
  return std::nullopt;
}

StepDate Maker::Apply() const {
  if (const auto why = NoReview()) return NotAsked(*why);
  if (!decisions_.decision_notice_on) return NotAsked(Rule::kNoDecisionNotice);
  return Counted(Rule::kApplyForReview,
                 {Count::kAfter, *decisions_.decision_notice_on, rules_.apply_days});
}

StepDate Maker::Hearing() const {
  if (const auto why = NoReview()) return NotAsked(*why);
  if (decisions_.review_applied_on) {
    return Counted(Rule::kHearing,
                   {Count::kAfter, *decisions_.review_applied_on, rules_.hearing_days});
  }
  return NotAsked(decisions_.review_waived_on ? Rule::kReviewWaived : Rule::kNotApplied);
}

StepDate Maker::PanelNotice() const {
  if (const auto why = NoReview()) return NotAsked(*why);
  const auto from = decisions_.panel_met_on ? decisions_.panel_met_on : decisions_.panel_notice_on;
  if (from) return WithoutDelay(Rule::kPanelNotice, *from);
  return NotAsked(decisions_.review_applied_on ? Rule::kPanelHasNotMet : Rule::kNotApplied);
}

// Why the board has nothing to consider again.
std::optional<Rule> Maker::NoReconsideration() const {
  if (const auto why = NoReview()) return why;
  if (!decisions_.panel_decision) return Rule::kPanelHasNotMet;
  if (*decisions_.panel_decision == PanelDecision::kUphold) return Rule::kPanelUpheld;
  return std::nullopt;
}

StepDate Maker::Reconsider() const {
  if (const auto why = NoReconsideration()) return NotAsked(*why);
  if (!decisions_.panel_notice_on) return NotAsked(Rule::kNoPanelNotice);
  return Counted(Rule::kReconsider,
                 {Count::kAfter, *decisions_.panel_notice_on, rules_.reconsider_days});
}

StepDate Maker::Payment() const {
  if (const auto why = NoReconsideration()) return NotAsked(*why);
  if (*decisions_.panel_decision != PanelDecision::kQuash) return NotAsked(Rule::kNotQuashed);
  const auto again = decisions_.reconsidered_decision;
  if (again == BoardDecision::kReinstate) return NotAsked(Rule::kBoardReinstated);
  const auto notice = decisions_.panel_notice_on;
  const auto declined_on = decisions_.reconsidered_on ? decisions_.reconsidered_on : notice;
  if (again && declined_on) return WithoutDelay(Rule::kPaymentDeclined, *declined_on);
  if (!notice) return NotAsked(Rule::kNoPanelNotice);
  return Counted(Rule::kPaymentNotInTime, {Count::kDayAfter, *notice, rules_.reconsider_days});
}

StepDate Maker::Roll() const {
  if (const auto why = NoReview()) return NotAsked(*why);
  if (decisions_.review_applied_on) return RollAfterReview();
  if (decisions_.review_waived_on) {
    return Counted(Rule::kRollWaived, {Count::kNone, *decisions_.review_waived_on, 0},
                   DueKind::kFromDay);
  }
  if (!decisions_.decision_notice_on) return NotAsked(Rule::kNoDecisionNotice);
  return Counted(Rule::kRollNotApplied,
                 {Count::kDayAfter, *decisions_.decision_notice_on, rules_.apply_days},
                 DueKind::kFromDay);
}

StepDate Maker::RollAfterReview() const {
  const auto final_on = [&](Rule rule, Day day) {
    return Counted(rule, {Count::kNone, day, 0}, DueKind::kFromDay);
  };
  if (decisions_.reconsidered_decision == BoardDecision::kReinstate) {
    return NotAsked(Rule::kBoardReinstated);
  }
  const auto panel_on =
      decisions_.panel_notice_on ? decisions_.panel_notice_on : decisions_.panel_met_on;
  if (decisions_.panel_decision == PanelDecision::kUphold && panel_on) {
    return final_on(Rule::kRollUpheld, *panel_on);
  }
  if (decisions_.reconsidered_decision && decisions_.reconsidered_on) {
    return final_on(Rule::kRollDeclinedAgain, *decisions_.reconsidered_on);
  }
  return NotAsked(Rule::kReviewIsOpen);
}

StepDate Maker::Reintegration() const {
  if (permanent()) return NotAsked(Rule::kNoReturn);
  const Spell& spell = clock_.spell;
  if (!spell.back_on()) {
    if (spell.is_complete() && spell.is_empty()) return NotAsked(Rule::kNoReturn);
    return {.kind = DueKind::kPastCalendar,
            .rule = Rule::kReintegration,
            .counting = {Count::kNone, spell.last(), 0}};
  }
  const bool same_day = *spell.back_on() == spell.last();
  return Counted(Rule::kReintegration, same_day ? Counting{Count::kNone, spell.last(), 0}
                                                : Counting{Count::kAfter, spell.last(), 1});
}

void Maker::Make() {
  const auto set = [&](Step step, const StepDate& date) { clock_.steps[IndexOf(step)] = date; };
  set(Step::kNotifyParents, WithoutDelay(Rule::kParentsAtOnce, exclusion_.decided_on));
  set(Step::kNotifyLocalAuthority, Authority());
  set(Step::kNotifySocialWorker, SocialWorker());
  set(Step::kNotifyVirtualSchoolHead, VirtualSchoolHead());
  set(Step::kNotifyGoverningBoard, Board());
  set(Step::kSetWork, Counted(Rule::kWorkFromDayOne, {Count::kNth, exclusion_.start, 1}));
  set(Step::kProvisionFrom, Provision());
  set(Step::kGovernorsConsiderBy, Consider());
  set(Step::kBoardDecisionNotice, DecisionNotice());
  set(Step::kReviewApplyBy, Apply());
  set(Step::kReviewHearingBy, Hearing());
  set(Step::kPanelDecision, PanelNotice());
  set(Step::kGovernorsReconsiderBy, Reconsider());
  set(Step::kPaymentOrder, Payment());
  set(Step::kRemoveFromRoll, Roll());
  set(Step::kReintegrationMeeting, Reintegration());
}

}  // namespace

StatutoryClock ClockOf(const Exclusion& exclusion, std::span<const Spell> earlier,
                       const SchoolCalendar& calendar, const RuleSet& rules) {
  const Spell served = Spell::Of(exclusion, calendar);
  const Spell imposed = exclusion.state == State::kRecorded
                            ? served
                            : Spell::Of(exclusion.kind, exclusion.urn, exclusion.start,
                                        exclusion.start_session, exclusion.half_days, calendar);
  StatutoryClock clock{.steps = {},
                       .totals = TotalsOf(served, earlier),
                       .spell = served,
                       .run = RunOf(imposed, earlier, calendar),
                       .imposed_in_term = {},
                       .rules = &rules};
  clock.imposed_in_term = exclusion.state == State::kRecorded ? clock.totals.in_term
                                                              : TotalsOf(imposed, earlier).in_term;
  clock.over_limit = clock.totals.HigherYear() > rules.year_limit;
  Maker(exclusion, calendar, clock).Make();
  return clock;
}

StatutoryClock ClockOf(const Exclusion& exclusion, std::span<const Spell> earlier,
                       const SchoolCalendar& calendar) {
  return ClockOf(exclusion, earlier, calendar, RuleSetOn(exclusion.decided_on));
}

}  // namespace pathways::exclusions
