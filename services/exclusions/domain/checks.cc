#include "services/exclusions/domain/checks.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/exclusions/domain/rule_set.h"
#include "services/exclusions/domain/totals.h"

namespace pathways::exclusions {
namespace {

using education::Day;

// Writes the problems of one set of facts. The spell is laid only when there is enough to lay.
class Checker {
 public:
  Checker(const Facts& facts, const CheckContext& context) : facts_(facts), context_(context) {
    const bool whole = facts.kind && facts.start && facts.half_days >= 0 &&
                       HalfDays::FromInt(facts.half_days).ok();
    if (!whole) return;
    const bool permanent = *facts.kind == Kind::kPermanent;
    spell_ = Spell::Of(*facts.kind, context.urn, *facts.start, facts.start_session,
                       HalfDays::Of(permanent ? 0 : facts.half_days), context.calendar);
  }

  std::vector<Problem> Check() {
    CheckKind();
    CheckStart();
    CheckLength();
    CheckEnd();
    for (Problem& problem : ReasonProblems()) problems_.push_back(std::move(problem));
    CheckDecided();
    CheckExam();
    CheckOthers();
    CheckLimit();
    CheckWords();
    return std::move(problems_);
  }

 private:
  void Say(std::string field, std::string words) {
    problems_.push_back({std::move(field), std::move(words)});
  }
  bool is(Kind kind) const { return facts_.kind == kind; }

  void CheckKind();
  void CheckStart();
  void CheckLength();
  void CheckEnd();
  std::vector<Problem> ReasonProblems() const;
  void CheckDecided();
  void CheckExam();
  void CheckOthers();
  void CheckLimit();
  void CheckWords();
  bool IsOnRoll(Day day) const;

  const Facts& facts_;
  const CheckContext& context_;
  std::optional<Spell> spell_;
  std::vector<Problem> problems_;
};

void Checker::CheckKind() {
  if (!facts_.kind) Say("kind", "Choose a suspension, a lunchtime suspension or permanent");
  if (facts_.start_session == education::Session::kAfternoon && !is(Kind::kSuspension)) {
    Say("start_session", "Only a suspension can begin in the afternoon");
  }
}

bool Checker::IsOnRoll(Day day) const {
  return std::ranges::any_of(context_.on_roll, [&](const OnRoll& roll) {
    return roll.first <= day && (!roll.last || day <= *roll.last);
  });
}

void Checker::CheckStart() {
  if (!facts_.start) return Say("start_date", "Enter the first day");
  const Day start = *facts_.start;
  if (!IsOnRoll(start)) {
    Say("start_date", "The pupil is not on the school's roll on " + start.ToUk());
  }
  const DaySpan year = SchoolYearOf(start);
  if (context_.calendar.SchoolDaysBetween(year.first, year.last) == 0) {
    Say("start_date", "No school days are known for the school year from " + year.first.ToUk() +
                          ": add that calendar first");
  } else if (const auto why = context_.calendar.WhyNot(start)) {
    Say("start_date", start.ToUk() + " is no school day (" + *why +
                          "): choose a day on which the school is open");
  }
  if (start > context_.today + kMostDaysAhead) {
    Say("start_date", "Choose a day within the next " + std::to_string(kMostDaysAhead) + " days");
  }
}

void Checker::CheckLength() {
  if (is(Kind::kPermanent)) {
    if (facts_.half_days != 0)
      Say("half_days", "A permanent exclusion has no length: leave it out");
    return;
  }
  if (facts_.half_days <= 0) {
    return Say("half_days", is(Kind::kLunchtime) ? "Enter the number of lunchtimes, at least 1"
                                                 : "Enter the length in half days, at least 1");
  }
  if (!HalfDays::FromInt(facts_.half_days).ok()) {
    Say("half_days", "Enter a number of half days that fits a school year");
  }
}

void Checker::CheckEnd() {
  if (!facts_.end || !facts_.start) return;
  if (is(Kind::kPermanent))
    return Say("end_date", "A permanent exclusion has no end: leave it out");
  if (*facts_.end < *facts_.start) {
    return Say("end_date", "The end, " + facts_.end->ToUk() + ", is before the first day, " +
                               facts_.start->ToUk());
  }
  const bool known = spell_ && spell_->is_complete() && !spell_->is_empty();
  if (!known || spell_->last() <= *facts_.end) return;
  Say("end_date", std::to_string(facts_.half_days) + " half days from " + facts_.start->ToUk() +
                      " take until " + spell_->last().ToUk() + ", longer than to " +
                      facts_.end->ToUk() + ": correct the end or the number");
}

std::vector<Problem> Checker::ReasonProblems() const {
  // Without any day the codes are still read.
  return CheckReasons("reasons", facts_.reasons, DecidedOn(facts_).value_or(context_.today));
}

void Checker::CheckDecided() {
  if (!facts_.decided_on) return;
  if (facts_.start && *facts_.decided_on > *facts_.start) {
    Say("decided_on", "The decision, " + facts_.decided_on->ToUk() + ", is after the first day, " +
                          facts_.start->ToUk());
  }
  if (*facts_.decided_on > context_.today) Say("decided_on", "The decision is in the future");
}

void Checker::CheckExam() {
  if (!facts_.exam_on || !facts_.start) return;
  const bool before = *facts_.exam_on < *facts_.start;
  const bool after =
      spell_ && spell_->is_complete() && !spell_->is_empty() && *facts_.exam_on > spell_->last();
  if (!before && !after) return;
  Say("exam_on",
      "The examination, " + facts_.exam_on->ToUk() + ", is not in the days the pupil would miss");
}

void Checker::CheckOthers() {
  if (!spell_) return;
  for (const Known& other : context_.others) {
    const Exclusion& known = other.exclusion;
    if (other.spell.Overlaps(*spell_)) {
      Say("start_date", "It overlaps the " + std::string(KindName(known.kind)) + " from " +
                            other.spell.first().ToUk() + " to " + other.spell.last().ToUk() +
                            ", which the pupil already has");
    }
    const bool in_force = known.urn == context_.urn && known.kind == Kind::kPermanent &&
                          known.state == State::kRecorded;
    if (in_force && (is(Kind::kPermanent) || known.start <= spell_->last())) {
      Say("start_date", "The pupil is permanently excluded from " + known.start.ToUk() +
                            " by this school: nothing can follow");
    }
  }
}

// All of the year's exclusions are summed, also those that start later: one recorded late may take
// those over the limit.
void Checker::CheckLimit() {
  if (!spell_ || spell_->is_empty() || facts_.history) return;
  std::vector<Spell> others;
  for (const Known& other : context_.others) others.push_back(other.spell);
  const HalfDays limit = RuleSetOn(DecidedOn(facts_).value_or(*facts_.start)).year_limit;
  const Totals totals = TotalsOf(*spell_, others);
  const HalfDays sum = totals.HigherYear();
  if (sum <= limit) return;
  const DaySpan year = SchoolYearOf(sum == totals.in_year ? spell_->first() : spell_->last());
  const HalfDays own = spell_->In(year);
  Say("half_days", "The pupil would be suspended for " + sum.ToDays() +
                       " school days in the school year (" + (sum - own).ToDays() +
                       " without these " + own.ToDays() + "): the law allows no more than " +
                       limit.ToDays());
}

void Checker::CheckWords() {
  if (facts_.history || !is(Kind::kPermanent)) return;
  if (!facts_.has_evidence) Say("evidence", "Write what happened and what was considered");
  if (!facts_.has_tried) Say("tried", "Write what was tried before");
}

}  // namespace

std::vector<Problem> CheckFacts(const Facts& facts, const CheckContext& context) {
  return Checker(facts, context).Check();
}

std::vector<Problem> CheckChange(const Exclusion& was, const Facts& facts) {
  std::vector<Problem> problems;
  if (was.state == State::kCancelled || was.state == State::kWithdrawn) {
    problems.push_back({"kind", "It was " + std::string(StateName(was.state)) +
                                    " and cannot be changed any more"});
  }
  const bool was_permanent = was.kind == Kind::kPermanent;
  if (facts.kind && *facts.kind != was.kind) {
    problems.push_back(
        {"kind", !was_permanent && *facts.kind == Kind::kPermanent
                     ? "A suspension cannot become permanent: record a permanent exclusion"
                     : "The kind cannot be changed: withdraw it and record another"});
  }
  if (!was_permanent && !facts.history && facts.half_days > was.half_days.count()) {
    problems.push_back(
        {"half_days", "A suspension cannot become longer: record a further suspension"});
  }
  return problems;
}

std::vector<Problem> CheckEnding(const Exclusion& exclusion, Ending ending, Day on, Day today) {
  std::vector<Problem> problems;
  if (exclusion.state != State::kRecorded) {
    problems.push_back({"ending", "It is already " + std::string(StateName(exclusion.state))});
  }
  if (on > today) problems.push_back({"on", "Choose today or an earlier day"});
  if (ending == Ending::kWithdraw) return problems;
  if (on < exclusion.decided_on) {
    problems.push_back({"on", "It was only decided on " + exclusion.decided_on.ToUk()});
  }
  if (exclusion.decisions.board_met_on || exclusion.decisions.board_decision) {
    problems.push_back({"ending",
                        "The governing board has already considered it: the head teacher can no "
                        "longer cancel it"});
  }
  return problems;
}

State StateAfter(Ending ending) {
  return ending == Ending::kCancel ? State::kCancelled : State::kWithdrawn;
}

}  // namespace pathways::exclusions
