#include "services/exclusions/domain/letter_types.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

using letters::LetterKind;
using letters::Placeholder;
using letters::Required;

template <typename T, std::size_t A, std::size_t B>
constexpr std::array<T, A + B> Join(const std::array<T, A>& first, const std::array<T, B>& second) {
  std::array<T, A + B> joined{};
  std::ranges::copy(first, joined.begin());
  std::ranges::copy(second, joined.begin() + A);
  return joined;
}

constexpr std::array kCommon = {
    Placeholder{"letter_date", "the day of the letter", "Monday 7 September 2026"},
    Placeholder{"addressee", "name and address, as its writer entered them",
                "Ms J Ashdown\n1 High Street"},
    Placeholder{"pupil_name", "the pupil's whole name", "Sam Ashdown"},
    Placeholder{"pupil_first_name", "the pupil's first name", "Sam"},
    Placeholder{"year_group", "such as “year 9”; empty when not known", "year 9"},
    Placeholder{"school_name", "the school that excluded", "Priory Academy"},
    Placeholder{"authority_name", "the school's local authority", "Bedford"},
    Placeholder{"reference", "the exclusion's reference", "EX-7K3M-2Q"},
    Placeholder{"exclusion", "suspension, lunchtime suspension or permanent exclusion",
                "suspension"},
    Placeholder{"period", "how long, from which day to which, and the day of return",
                "The suspension is for 6 days, from Monday 7 September 2026 to Monday 14 September "
                "2026. Sam is expected back in school on Tuesday 15 September 2026."},
    Placeholder{"reasons", "the reasons as recorded",
                "Physical assault against a pupil; Damage to property"},
    Placeholder{"own_words", "what its writer adds; may be empty",
                "I am sorry that we have come to this."},
    Placeholder{"sender", "who writes, as entered", "A Headteacher\nHead teacher"},
};

constexpr std::array kContact = {
    Placeholder{"contact", "how and to whom parents answer, as entered",
                "The clerk to the governing board\nclerk@example.org, 01234 000000"},
};
constexpr std::array kMeeting = {
    Placeholder{"meeting", "day, time and place of the meeting, as entered",
                "Thursday 24 September 2026 at 10:00, Room 2, Priory Academy"},
    Placeholder{"attending", "who may come, and how",
                "You may come to the meeting, and you may bring a friend."},
};
constexpr std::array kDecisionReasons = {
    Placeholder{"decision_reasons", "the reasons of the decision, as entered",
                "The head teacher's decision was lawful, reasonable and fair."},
};

constexpr std::array kNoticeOnly = {
    Placeholder{"representations",
                "the right to make representations, and what the governing board does, with its "
                "last day",
                "You may make representations about this decision to the governing board."},
    Placeholder{
        "public_places",
        "the parents' duty in the first five school days, with its days; empty for "
        "lunchtimes and past compulsory school age",
        "You must make sure that Sam is not in a public place in school hours from Monday 7 "
        "September 2026 to Friday 11 September 2026."},
    Placeholder{"work", "work set and marked in the first five school days; empty for lunchtimes",
                "The school sets and marks work for Sam."},
    Placeholder{"provision",
                "education from day six: the day, who arranges it, and what was recorded of it; "
                "empty where none is due",
                "From Monday 14 September 2026 the governing board must arrange suitable full-time "
                "education."},
    Placeholder{"examination", "a public examination or national test that is missed; mostly empty",
                "Sam would miss an examination or national test on Wednesday 12 May 2027."},
};
constexpr auto kNotice = Join(Join(kCommon, kContact), kNoticeOnly);

constexpr std::array kAgencyOnly = {
    Placeholder{"provision", "education from day six; empty where none is due",
                "From Monday 14 September 2026 the governing board must arrange suitable full-time "
                "education."},
    Placeholder{"days_so_far", "days in the term and the school year, this exclusion included",
                "6 days in the term, 6 days in the school year"},
    Placeholder{"circumstances",
                "support for special educational needs, looked after, social worker; may be empty",
                "Sam has SEN support."},
    Placeholder{"examination", "a public examination or national test that is missed; mostly empty",
                "Sam would miss an examination or national test on Wednesday 12 May 2027."},
    Placeholder{"board_duty", "what the governing board must do, and by when",
                "The governing board must meet by Monday 28 September 2026."},
};
constexpr auto kAgency = Join(kCommon, kAgencyOnly);

constexpr std::array kInvitationOnly = {
    Placeholder{"board_meeting", "whether and by when the governing board must meet",
                "The governing board must meet by Monday 28 September 2026."},
};
constexpr auto kInvitation = Join(Join(Join(kCommon, kContact), kMeeting), kInvitationOnly);

constexpr std::array kBoardDecisionOnly = {
    Placeholder{"board_decision", "what the governing board decided, and the day of return",
                "The governing board decided not to reinstate Sam."},
    Placeholder{"review_right",
                "the right to an independent review: by when, to whom, the SEN expert; empty where "
                "there is none",
                "You may ask for a review by an independent review panel by Friday 4 December "
                "2026."},
};
constexpr auto kBoardDecision =
    Join(Join(Join(kCommon, kContact), kDecisionReasons), kBoardDecisionOnly);

constexpr std::array kArrangementsOnly = {
    Placeholder{"applied_on", "the day the application was made", "Thursday 3 December 2026"},
    Placeholder{"hearing_by", "the last day for the hearing", "Monday 11 January 2027"},
    Placeholder{"sen_expert", "the SEN expert, whom parents may ask for",
                "You may ask for a special educational needs expert, at no cost to you."},
};
constexpr auto kArrangements = Join(Join(Join(kCommon, kContact), kMeeting), kArrangementsOnly);

constexpr std::array kReviewDecisionOnly = {
    Placeholder{"panel_decision", "what the panel decided, and what that means",
                "The panel recommends that the governing board consider the case again."},
    Placeholder{"panel_consequence", "what follows, with its last day; empty when upheld",
                "The governing board must consider the case again by Monday 1 February 2027."},
};
constexpr auto kReviewDecision = Join(Join(kCommon, kDecisionReasons), kReviewDecisionOnly);

constexpr std::array kOutcomeOnly = {
    Placeholder{"panel_decision", "what the panel had decided",
                "The panel recommends that the governing board consider the case again."},
    Placeholder{"second_decision", "what the governing board decided now, and the day of return",
                "The governing board decided again not to reinstate Sam."},
};
constexpr auto kOutcome = Join(Join(kCommon, kDecisionReasons), kOutcomeOnly);

constexpr std::string_view kTelling = "SI 2012/1033 regs. 5, 14 and 23";

constexpr std::array kNoticeMust = {
    Required{"period", "that it is a suspension or a permanent exclusion, and for how long",
             kTelling},
    Required{"reasons", "the reasons for it", kTelling},
    Required{"representations", "that parents may make representations to the governing board",
             kTelling},
    Required{"contact", "how and to whom representations are made", kTelling},
    Required{"public_places", "where the pupil may not be in the first five school days",
             "Education and Inspections Act 2006 ss. 103 and 104"},
    Required{"provision", "what education there is from day six", kTelling},
};
constexpr std::array kAgencyMust = {
    Required{"pupil_name", "whom it is about", "SI 2012/1033 reg. 5 as amended in 2022"},
    Required{"period", "that it is a suspension or a permanent exclusion, and for how long",
             "SI 2012/1033 reg. 5 as amended in 2022"},
    Required{"reasons", "the reasons for it", "SI 2012/1033 reg. 5 as amended in 2022"},
};
constexpr std::array kInvitationMust = {
    Required{"meeting", "when and where the governing board meets", "SI 2012/1033 reg. 6"},
    Required{"attending", "that parents may come, be represented and be accompanied",
             "SI 2012/1033 reg. 6"},
};
constexpr std::array kBoardDecisionMust = {
    Required{"board_decision", "what the governing board decided", "SI 2012/1033 reg. 6(6)"},
    Required{"decision_reasons", "the reasons of the decision", "SI 2012/1033 reg. 6(6)"},
    Required{"review_right",
             "the right to an independent review: by when, to whom, and the SEN expert",
             "SI 2012/1033 reg. 6(6) and Sch. 1"},
};
constexpr std::array kArrangementsMust = {
    Required{"meeting", "when and where the review is heard", "SI 2012/1033 Sch. 1"},
    Required{"attending", "that parents may come, be represented and be accompanied",
             "SI 2012/1033 Sch. 1"},
    Required{"sen_expert", "that parents may ask for an SEN expert", "SI 2012/1033 Sch. 1"},
};
constexpr std::array kReviewDecisionMust = {
    Required{"panel_decision", "what the panel decided", "SI 2012/1033 Sch. 1"},
    Required{"decision_reasons", "the reasons of the decision", "SI 2012/1033 Sch. 1"},
    Required{"panel_consequence", "what the governing board must do now, and by when",
             "SI 2012/1033 regs. 6 and 16"},
};
constexpr std::array kOutcomeMust = {
    Required{"second_decision", "what the governing board decided", "SI 2012/1033 reg. 6"},
    Required{"decision_reasons", "the reasons of the decision", "SI 2012/1033 reg. 6"},
};

constexpr std::array<LetterKind, kLetterTypeCount> kLetters = {{
    {"suspension_notice", "Notice of a suspension, to the parents", kNotice, kNoticeMust},
    {"permanent_exclusion_notice", "Notice of a permanent exclusion, to the parents", kNotice,
     kNoticeMust},
    {"agency_notice", "Notice to the authority, a social worker or the virtual school head",
     kAgency, kAgencyMust},
    {"board_invitation", "Invitation to the governing board's meeting", kInvitation,
     kInvitationMust},
    {"board_decision", "The governing board's decision", kBoardDecision, kBoardDecisionMust},
    {"review_arrangements", "Arrangements for the independent review", kArrangements,
     kArrangementsMust},
    {"review_decision", "The review panel's decision", kReviewDecision, kReviewDecisionMust},
    {"reconsideration_outcome", "The governing board's second decision", kOutcome, kOutcomeMust},
}};

constexpr std::array<LetterNeeds, kLetterTypeCount> kNeeds = {{
    {.contact = true},
    {.contact = true},
    {},
    {.contact = true, .meeting = true},
    {.contact = true, .reasons = true, .delivery = true},
    {.contact = true, .meeting = true},
    {.reasons = true, .delivery = true},
    {.reasons = true},
}};

std::optional<std::string> Unless(bool possible, std::string_view why) {
  if (possible) return std::nullopt;
  return std::string(why);
}

}  // namespace

std::span<const LetterKind> LetterKinds() { return kLetters; }

std::optional<LetterType> LetterTypeFromName(std::string_view name) {
  const auto found = std::ranges::find(kLetters, name, &LetterKind::name);
  if (found == kLetters.end()) return std::nullopt;
  return static_cast<LetterType>(found - kLetters.begin());
}

const LetterKind& KindOf(LetterType type) { return kLetters[static_cast<std::size_t>(type)]; }

LetterNeeds NeedsOf(LetterType type) { return kNeeds[static_cast<std::size_t>(type)]; }

std::optional<std::string> WhyNotWritten(LetterType type, const Exclusion& exclusion) {
  if (exclusion.state == State::kWithdrawn) return "The exclusion was recorded by mistake.";
  if (exclusion.state == State::kCancelled) return "The exclusion was cancelled.";
  const Decisions& decisions = exclusion.decisions;
  const bool permanent = exclusion.kind == Kind::kPermanent;
  switch (type) {
    case LetterType::kSuspensionNotice:
      return Unless(!permanent, "It is a permanent exclusion.");
    case LetterType::kPermanentExclusionNotice:
      return Unless(permanent, "It is a suspension.");
    case LetterType::kAgencyNotice:
      return std::nullopt;
    case LetterType::kBoardInvitation:
      return Unless(!decisions.board_decision, "The governing board has decided.");
    case LetterType::kBoardDecision:
      return Unless(decisions.board_decision.has_value(), "The governing board has not decided.");
    case LetterType::kReviewArrangements:
      if (decisions.panel_decision) return "The review panel has decided.";
      return Unless(decisions.review_applied_on.has_value(), "Nobody has applied for a review.");
    case LetterType::kReviewDecision:
      return Unless(decisions.panel_decision.has_value(), "The review panel has not decided.");
    case LetterType::kReconsiderationOutcome:
      break;
  }
  return Unless(decisions.reconsidered_decision.has_value(),
                "The governing board has not decided a second time.");
}

}  // namespace pathways::exclusions
