#include "services/exclusions/domain/letter_passages.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/exclusions/domain/board.h"
#include "services/exclusions/domain/counting.h"
#include "services/exclusions/domain/review.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::Session;

// In which a parent keeps the pupil out of public places. Source: Education and Inspections Act
// 2006 s. 103.
constexpr int kDaysAtHome = 5;

std::string Times(int count, std::string_view one) {
  return absl::StrCat(count, " ", std::string(one), count == 1 ? "" : "s");
}

}  // namespace

std::string LetterDay(Day day) { return absl::StrCat(day.WeekdayName(), " ", day.ToUk()); }

std::string LetterDay(const std::optional<Day>& day) {
  return day ? LetterDay(*day) : std::string();
}

std::string Passages::By(Step step) const {
  const auto& due = of_.clock[step].due;
  return due ? " by " + LetterDay(*due) : std::string();
}

std::string Passages::Span() const {
  const Spell& spell = of_.clock.spell;
  const bool afternoon =
      exclusion_.kind == Kind::kSuspension && exclusion_.start_session == Session::kAfternoon;
  if (spell.first() == spell.last()) {
    return absl::StrCat("on ", afternoon ? "the afternoon of " : "", LetterDay(spell.first()));
  }
  return absl::StrCat("from ", afternoon ? "the afternoon of " : "", LetterDay(spell.first()),
                      " to ", LetterDay(spell.last()));
}

std::string Passages::Period() const {
  if (permanent()) {
    return absl::StrCat("The exclusion is permanent: ", name_, " may no longer attend ",
                        of_.names.school, " unless reinstated. It begins on ",
                        LetterDay(exclusion_.start), ".");
  }
  const Spell& spell = of_.clock.spell;
  if (exclusion_.kind == Kind::kLunchtime) {
    return absl::StrCat("The suspension is for the lunch period on ",
                        Times(exclusion_.half_days.count(), "school day"), ", ", Span(), ".");
  }
  std::string words =
      absl::StrCat("The suspension is for ", exclusion_.half_days.ToWords(), ", ", Span(), ".");
  if (const auto back = spell.back_on()) {
    absl::StrAppend(&words, " ", name_, " is expected back in school on ",
                    spell.back_session() == Session::kAfternoon ? "the afternoon of " : "",
                    LetterDay(*back), ".");
  }
  return words;
}

std::string Passages::Reasons() const {
  std::vector<std::string> names;
  for (const auto& reason : exclusion_.reasons.all()) names.emplace_back(reason.name());
  return absl::StrJoin(names, "; ");
}

std::string Passages::Examination() const {
  if (!exclusion_.exam_on) return {};
  return absl::StrCat(name_, " would miss a public examination or national test on ",
                      LetterDay(*exclusion_.exam_on), ".");
}

std::string Passages::BoardMeeting() const {
  const std::string by = By(Step::kGovernorsConsiderBy);
  switch (BoardDutyOf(of_.clock, exclusion_)) {
    case BoardDuty::kMeets:
      return absl::StrCat("The governing board must meet to consider the decision", by,
                          ", whether or not you make representations. It can decide that ", name_,
                          " is reinstated.");
    case BoardDuty::kMeetsIfAsked:
      return absl::StrCat(
          "If you make representations, the governing board must meet to consider "
          "the decision",
          by, ". It can decide that ", name_, " is reinstated.");
    case BoardDuty::kRepresentations:
      break;
  }
  return absl::StrCat(
      "The governing board must consider what you say. It need not meet, and "
      "cannot decide that ",
      name_, " is reinstated: with ", of_.clock.rules->told_at_once.ToDays(),
      " days or fewer in the term the law does not let it.");
}

std::string Passages::BoardsDuty() const {
  const std::string by = By(Step::kGovernorsConsiderBy);
  switch (BoardDutyOf(of_.clock, exclusion_)) {
    case BoardDuty::kMeets:
      return absl::StrCat("The governing board must meet to consider the decision", by, ".");
    case BoardDuty::kMeetsIfAsked:
      return absl::StrCat(
          "If the parents make representations, the governing board must meet to "
          "consider the decision",
          by, ".");
    case BoardDuty::kRepresentations:
      break;
  }
  return "The governing board considers what the parents say, but need not meet.";
}

std::string Passages::Representations() const {
  return absl::StrCat("You may make representations about this decision to the governing board. ",
                      name_, " may do so, too. ", BoardMeeting());
}

std::string Passages::PublicPlaces() const {
  if (exclusion_.kind == Kind::kLunchtime || !exclusion_.pupil_then.compulsory_age) return {};
  const auto first = of_.calendar.FirstSchoolDayFrom(exclusion_.start);
  const auto fifth = CountedTo({Count::kNth, exclusion_.start, kDaysAtHome}, of_.calendar);
  if (!first || !fifth) return {};
  const Day last = permanent() ? *fifth : std::min(*fifth, of_.clock.spell.last());
  const std::string days = *first == last
                               ? absl::StrCat("On ", LetterDay(*first))
                               : absl::StrCat("From ", LetterDay(*first), " to ", LetterDay(last));
  return absl::StrCat(days, " you must make sure that ", name_,
                      " is not in a public place during school hours, with or without you, unless "
                      "there is a good reason. You may be fined or prosecuted if ",
                      name_, " is.");
}

std::string Passages::Work() const {
  if (exclusion_.kind == Kind::kLunchtime) return {};
  return absl::StrCat("The school sets work for ", name_,
                      " and marks it for the first five school days, from ",
                      LetterDay(exclusion_.start), ".");
}

std::string Passages::Provision() const {
  const StepDate& date = of_.clock[Step::kProvisionFrom];
  if (!date.applies()) return {};
  const std::string who =
      permanent() ? absl::StrCat("the local authority where ", name_, " lives") : "the school";
  const std::string from = date.due ? "From " + LetterDay(*date.due) : "From the sixth school day";
  const std::string what = absl::StrCat(from, " ", who,
                                        " must arrange suitable full-time "
                                        "education for ",
                                        name_, ".");
  return of_.provision.empty() ? what : absl::StrCat(what, "\n\n", of_.provision);
}

std::string Passages::DaysSoFar() const {
  const Totals& totals = of_.clock.totals;
  return absl::StrCat(
      totals.in_term.is_zero() ? "0 days" : totals.in_term.ToWords(), " in the term, ",
      totals.in_year.is_zero() ? "0 days" : totals.in_year.ToWords(), " in the school year");
}

std::string Passages::Circumstances() const {
  const PupilThen& pupil = exclusion_.pupil_then;
  std::vector<std::string> said;
  if (pupil.has_ehcp) said.push_back(name_ + " has an education, health and care plan.");
  if (pupil.sen_support) said.push_back(name_ + " has SEN support.");
  if (pupil.looked_after) said.push_back(name_ + " is looked after.");
  if (pupil.has_social_worker) said.push_back(name_ + " has a social worker.");
  return absl::StrJoin(said, " ");
}

std::string Passages::Attending() const {
  std::string words = absl::StrCat(
      "You may come to the meeting and speak, be represented by somebody at your own cost, and "
      "bring a friend. You may ask to join from elsewhere by telephone or video. ",
      name_, " may come, too, or send their views.");
  const PupilThen& pupil = exclusion_.pupil_then;
  if (pupil.has_social_worker) absl::StrAppend(&words, " ", name_, "'s social worker is invited.");
  if (pupil.looked_after) absl::StrAppend(&words, " The virtual school head is invited.");
  return words;
}

std::string Passages::Decided(BoardDecision decision, std::string_view again) const {
  const std::string decided = absl::StrCat("The governing board decided ", std::string(again));
  if (decision == BoardDecision::kDecline) {
    return absl::StrCat(decided, "not to reinstate ", name_, ".");
  }
  const auto& from = exclusion_.decisions.reinstated_from;
  return absl::StrCat(decided, "that ", name_, " is reinstated",
                      from ? " and comes back to school on " + LetterDay(*from) : "", ".");
}

std::string Passages::BoardDecided() const {
  const auto& decision = exclusion_.decisions.board_decision;
  return decision ? Decided(*decision, "") : std::string();
}

std::string Passages::DecidedAgain() const {
  const auto& decision = exclusion_.decisions.reconsidered_decision;
  if (!decision) return {};
  return Decided(*decision, *decision == BoardDecision::kDecline ? "again " : "now ");
}

std::string Passages::ReviewRight() const {
  const bool declined = exclusion_.decisions.board_decision == BoardDecision::kDecline;
  if (!permanent() || !declined) return {};
  return absl::StrCat(
      "You may ask for the decision to be reviewed by an independent review panel. Apply in "
      "writing",
      By(Step::kReviewApplyBy),
      ", say why you ask for the review, and say what special educational needs you think matter "
      "to the case. An application after that day is not heard.\n\n",
      SenExpert(),
      "\n\nYou may have somebody speak or write for you at your own cost, and bring a friend to "
      "the hearing.\n\nIf you think that ",
      name_,
      " was discriminated against, you may also make a claim under the Equality Act 2010: about "
      "disability to the First-tier Tribunal (Special Educational Needs and Disability), otherwise "
      "to the County Court, within six months of the day it happened.");
}

std::string Passages::SenExpert() const {
  return "You may ask for a special educational needs (SEN) expert to advise the panel, whether or "
         "not the school recognises such needs. It costs you nothing.";
}

std::string Passages::PanelDecided() const {
  const auto& decision = exclusion_.decisions.panel_decision;
  return decision ? std::string(MeaningOf(*decision)) : std::string();
}

std::string Passages::PanelConsequence() const {
  const auto& decision = exclusion_.decisions.panel_decision;
  if (!decision || !AsksToReconsider(*decision)) return {};
  std::string words = absl::StrCat("The governing board must consider the case again",
                                   By(Step::kGovernorsReconsiderBy), ".");
  if (*decision == PanelDecision::kQuash) {
    const int pounds = of_.clock.rules->payment_pounds;
    absl::StrAppend(&words, " If it does not reinstate ", name_, " by then, £", pounds / 1000, ",",
                    absl::Dec(pounds % 1000, absl::kZeroPad3),
                    " are taken from the school's budget, or are payable by it.");
  }
  return words;
}

}  // namespace pathways::exclusions
