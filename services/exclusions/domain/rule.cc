#include "services/exclusions/domain/rule.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace pathways::exclusions {
namespace {

// A sentence may hold the numbers of the rule set, by name in braces (see RuleSentence).
struct Row {
  Rule rule;
  std::string_view sentence;
  std::string_view source;
  std::string_view starts_from = "";
};

constexpr std::string_view kDecided = "the day of the head teacher's decision";
constexpr std::string_view kFirstDay = "the first day of the exclusion";
constexpr std::string_view kTold = "the day the governing board was told";
constexpr std::string_view kBoardNotice =
    "the day the notice of the governing board's decision was given";
constexpr std::string_view kPanelsNotice = "the day the notice of the panel's decision was given";
constexpr std::string_view kApplied = "the day the application was made";
constexpr std::string_view kTermEnd = "the day after the reference date that ends the term";

constexpr std::string_view kTelling = "SI 2012/1033 regs. 5, 14 and 23";
constexpr std::string_view kTellingBoard = "SI 2012/1033 reg. 23(2) and (3)";
constexpr std::string_view kTelling2022 = "SI 2012/1033 as amended in 2022";
constexpr std::string_view kConsidering = "SI 2012/1033 regs. 6, 15 and 24";
constexpr std::string_view kSuspended = "Education and Inspections Act 2006 s. 100";
constexpr std::string_view kNineteen = "Education Act 1996 s. 19; Guidance, para. 90";
constexpr std::string_view kSchedule = "SI 2012/1033 Sch. 1";
constexpr std::string_view kReviewing = "Education Act 2002 s. 51A";
constexpr std::string_view kPaying = "SI 2012/1033 reg. 16(5)";
constexpr std::string_view kRegister =
    "School Attendance (Pupil Registration) Regulations 2024 reg. 9(1)(o); conditions (practice)";

using enum Rule;
constexpr std::array kRows = {
    Row{kNone, "", ""},
    Row{kParentsAtOnce,
        "The head teacher must tell the parents in writing without delay, by the end of that "
        "school day: the period and the reasons, their right to make representations and how, "
        "their duty for the first five days, and education from day six.",
        "SI 2012/1033 regs. 5, 14 and 23; Education and Inspections Act 2006 s. 103", kDecided},
    Row{kAuthorityAtOnce,
        "The head teacher must tell the local authority without delay; of a permanent exclusion "
        "also the authority where the pupil lives, if it is another.",
        kTelling2022, kDecided},
    Row{kAuthorityTermly,
        "The local authority is told once a term of exclusions that are neither permanent, nor "
        "more than {five} days in the term, nor cost an examination: by the last school day of "
        "the term.",
        kTelling, kTermEnd},
    Row{kSocialWorkerAtOnce,
        "The head teacher must tell the pupil's social worker without delay, who is invited to "
        "the governing board and the panel.",
        kTelling2022, kDecided},
    Row{kVirtualSchoolHeadAtOnce,
        "The head teacher must tell the virtual school head of a looked-after pupil without "
        "delay, who is invited to the governing board and the panel.",
        kTelling2022, kDecided},
    Row{kBoardAtOnce,
        "The governing board must be told without delay of a permanent exclusion, of more than "
        "{five} days in the term, and where an examination or national test is missed.",
        kTellingBoard, kDecided},
    Row{kBoardTermly,
        "The governing board must be told once a term of other exclusions: by the last school "
        "day of the term.",
        kTellingBoard, kTermEnd},
    Row{kWorkFromDayOne,
        "The school must set and mark work for the first five school days, from the first day.",
        "Guidance on suspension and permanent exclusion", kFirstDay},
    Row{kProvisionSuspension,
        "The governing board must arrange full-time education from the {provision} school day of a "
        "suspension of more than five school days on end, suspensions back to back taken "
        "together.",
        kSuspended, "the first day of the suspension, back to back ones together"},
    Row{kProvisionPermanent,
        "The local authority where the pupil lives must arrange full-time education from the "
        "{provision} school day after the first day of a permanent exclusion; the {provision} "
        "school day "
        "itself is the aim.",
        kNineteen, "the first day of the permanent exclusion"},
    Row{kConsiderPermanent,
        "The governing board must consider a permanent exclusion within {soon} school days after "
        "it was told.",
        kConsidering, kTold},
    Row{kConsiderOverFifteen,
        "The governing board must consider a suspension that brings the pupil to more than "
        "{fifteen} days in the term within {soon} school days after it was told.",
        kConsidering, kTold},
    Row{kConsiderExamination,
        "The governing board must consider an exclusion that costs an examination or national "
        "test within {soon} school days after it was told.",
        kConsidering, kTold},
    Row{kConsiderBeforeExamination,
        "The governing board must, as far as practicable, consider an exclusion that costs an "
        "examination or national test before it: by the last school day before.",
        kConsidering, "the day of the examination"},
    Row{kConsiderOnRequest,
        "Parents made representations, so the governing board must consider a suspension that "
        "brings the pupil to more than {five} and not more than {fifteen} days in the term "
        "within {request} school days after it was told.",
        kConsidering, kTold},
    Row{kDecisionNotice,
        "The governing board must give its decision and its reasons in writing without delay; "
        "of a permanent exclusion with the right to a review.",
        "SI 2012/1033 reg. 6(6)", "the day the governing board met"},
    Row{kApplyForReview,
        "Parents may apply for a review within {apply} school days after the day the notice of "
        "the decision was given.",
        "SI 2012/1033 Sch. 1 para. 2(1)", kBoardNotice},
    Row{kHearing,
        "The review must be heard within {hearing} school days after the day the application was "
        "made; it may be adjourned.",
        "SI 2012/1033 Sch. 1 para. 1", kApplied},
    Row{kPanelNotice, "The panel must give its decision and its reasons in writing without delay.",
        kSchedule, "the day the panel met"},
    Row{kReconsider,
        "The governing board must consider the case again within {reconsider} school days after "
        "notice of the panel's decision.",
        "SI 2012/1033 regs. 6, 15 and 24 (practice)", kPanelsNotice},
    Row{kPaymentDeclined,
        "The decision was quashed and the governing board did not reinstate the pupil: {payment} "
        "are owed.",
        kPaying, "the day the governing board declined again"},
    Row{kPaymentNotInTime,
        "The decision was quashed: {payment} are owed unless the governing board reinstates the "
        "pupil within {reconsider} school days after notice of the panel's decision.",
        kPaying, kPanelsNotice},
    Row{kRollWaived,
        "The pupil may be taken off the roll: the parents said in writing that they will not "
        "apply for a review.",
        kRegister, "the day the parents said so"},
    Row{kRollNotApplied,
        "The pupil may be taken off the roll from the day after the time to apply for a review, "
        "if nobody applies.",
        kRegister, kBoardNotice},
    Row{kRollUpheld,
        "The pupil may be taken off the roll: the panel upheld the governing board's decision.",
        kRegister, kPanelsNotice},
    Row{kRollDeclinedAgain,
        "The pupil may be taken off the roll: the governing board declined again, which is its "
        "final decision.",
        kRegister, "the day the governing board declined again"},
    Row{kReintegration,
        "A meeting and a plan are offered before or on the day of return; the return never "
        "depends on the meeting.",
        "Guidance on suspension and permanent exclusion (practice)",
        "the last day of the suspension"},
    Row{kNoSocialWorker, "The pupil has no social worker.", kTelling2022},
    Row{kNotLookedAfter, "The pupil is not looked after.", kTelling2022},
    Row{kNotAskedThen, "It was not asked for before September 2022.", kTelling2022},
    Row{kFewerThanSixDays, "The suspension is not more than five school days on end.", kSuspended},
    Row{kLunchtimesMakeNoRun, "Lunchtimes are never school days on end.", kSuspended},
    Row{kNotOfCompulsoryAge, "The pupil is not of compulsory school age.", kSuspended},
    Row{kNoExaminationsLeft, "The pupil is in year 11 and has no examination left to sit.",
        kNineteen},
    Row{kFiveDaysOrFewer,
        "With {five} days or fewer in the term the governing board considers representations, "
        "but need not meet and cannot reinstate.",
        kConsidering},
    Row{kNoRepresentations,
        "With more than {five} and not more than {fifteen} days in the term the governing board "
        "considers it only if parents make representations: they have made none.",
        kConsidering},
    Row{kBoardHasNotDecided, "The governing board has not decided.", kConsidering},
    Row{kNotPermanent, "Only a permanent exclusion can be reviewed.", kReviewing},
    Row{kBoardReinstated, "The governing board reinstated the pupil.", kConsidering},
    Row{kNoDecisionNotice, "The notice of the governing board's decision has not been given.",
        kSchedule},
    Row{kReviewWaived, "The parents said in writing that they will not apply for a review.",
        kSchedule},
    Row{kNotApplied, "Nobody has applied for a review.", kSchedule},
    Row{kPanelHasNotMet, "The review panel has not decided.", kSchedule},
    Row{kPanelUpheld, "The review panel upheld the decision.", kReviewing},
    Row{kNoPanelNotice, "The notice of the panel's decision has not been given.", kSchedule},
    Row{kNotQuashed, "The review panel did not quash the decision.", kPaying},
    Row{kReviewIsOpen, "A review was applied for, and it is not over.", kRegister},
    Row{kNoReturn, "There is no day of return.", "Guidance on suspension and permanent exclusion"},
};

constexpr bool RowsAreInOrder() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].rule != static_cast<Rule>(i)) return false;
  }
  return kRows.back().rule == kNoReturn;
}
static_assert(RowsAreInOrder(), "a row for every rule, in the order of the rules");

const Row& RowOf(Rule rule) { return kRows[static_cast<std::size_t>(rule)]; }

// 4000 as £4,000.
std::string Pounds(int pounds) {
  return absl::StrCat("£", pounds / 1000, ",", absl::Dec(pounds % 1000, absl::kZeroPad3));
}

}  // namespace

std::string RuleSentence(Rule rule, const RuleSet& rules) {
  return absl::StrReplaceAll(std::string(RowOf(rule).sentence),
                             {{"{provision}", absl::StrCat(rules.provision_day, "th")},
                              {"{hearing}", absl::StrCat(rules.hearing_days)},
                              {"{five}", rules.told_at_once.ToDays()},
                              {"{fifteen}", rules.considered_soon.ToDays()},
                              {"{soon}", absl::StrCat(rules.consider_soon_days)},
                              {"{request}", absl::StrCat(rules.consider_on_request_days)},
                              {"{apply}", absl::StrCat(rules.apply_days)},
                              {"{reconsider}", absl::StrCat(rules.reconsider_days)},
                              {"{payment}", Pounds(rules.payment_pounds)}});
}

std::string_view RuleSource(Rule rule) { return RowOf(rule).source; }

std::string_view StartsFromWords(Rule rule) { return RowOf(rule).starts_from; }

Owner OwnerOf(Step step, Rule rule) {
  switch (step) {
    case Step::kGovernorsConsiderBy:
    case Step::kBoardDecisionNotice:
    case Step::kGovernorsReconsiderBy:
      return Owner::kGoverningBoard;
    case Step::kProvisionFrom:
      return rule == Rule::kProvisionPermanent ? Owner::kLocalAuthority : Owner::kSchool;
    case Step::kReviewHearingBy:
    case Step::kPanelDecision:
    case Step::kPaymentOrder:
      return Owner::kLocalAuthority;
    case Step::kReviewApplyBy:
      return Owner::kParents;
    case Step::kNotifyParents:
    case Step::kNotifyLocalAuthority:
    case Step::kNotifySocialWorker:
    case Step::kNotifyVirtualSchoolHead:
    case Step::kNotifyGoverningBoard:
    case Step::kSetWork:
    case Step::kRemoveFromRoll:
    case Step::kReintegrationMeeting:
      break;
  }
  return Owner::kSchool;
}

}  // namespace pathways::exclusions
