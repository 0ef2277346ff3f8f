// The rules in words: what gave a date, or why a step is not asked for. One row each, so that law
// is changed in one place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/exclusions/domain/rule_set.h"
#include "services/exclusions/domain/step.h"

namespace pathways::exclusions {

enum class Rule : std::uint8_t {
  kNone,
  // What gives a date.
  kParentsAtOnce,
  kAuthorityAtOnce,
  kAuthorityTermly,  // before September 2022
  kSocialWorkerAtOnce,
  kVirtualSchoolHeadAtOnce,
  kBoardAtOnce,
  kBoardTermly,
  kWorkFromDayOne,
  kProvisionSuspension,
  kProvisionPermanent,
  kConsiderPermanent,
  kConsiderOverFifteen,
  kConsiderExamination,        // fifteen days, and the examination is later
  kConsiderBeforeExamination,  // the last school day before it comes first
  kConsiderOnRequest,
  kDecisionNotice,
  kApplyForReview,
  kHearing,
  kPanelNotice,
  kReconsider,
  kPaymentDeclined,   // the board declined again
  kPaymentNotInTime,  // it did not consider again in time
  kRollWaived,
  kRollNotApplied,
  kRollUpheld,
  kRollDeclinedAgain,
  kReintegration,
  // What keeps a step away.
  kNoSocialWorker,
  kNotLookedAfter,
  kNotAskedThen,      // by the rules of that time
  kFewerThanSixDays,  // in a row
  kLunchtimesMakeNoRun,
  kNotOfCompulsoryAge,
  kNoExaminationsLeft,
  kFiveDaysOrFewer,  // representations are considered, no meeting is needed
  kNoRepresentations,
  kBoardHasNotDecided,
  kNotPermanent,
  kBoardReinstated,
  kNoDecisionNotice,
  kReviewWaived,
  kNotApplied,
  kPanelHasNotMet,
  kPanelUpheld,
  kNoPanelNotice,
  kNotQuashed,
  kReviewIsOpen,
  kNoReturn,  // a permanent exclusion has no day of return
};

// The rule in a sentence, with the rule set's numbers, such as "The governing board must consider
// the exclusion within 15 school days after it was told."
std::string RuleSentence(Rule rule, const RuleSet& rules);
// Where it is written. A part "(practice)" says that no text of law was found for it.
std::string_view RuleSource(Rule rule);
// Which day counts, such as "the day the governing board was told"; empty where none does.
std::string_view StartsFromWords(Rule rule);
// Who owes the step under this rule.
Owner OwnerOf(Step step, Rule rule);

}  // namespace pathways::exclusions
