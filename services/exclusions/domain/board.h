// The governing board: what it must do, what it may decide, and what follows.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "libs/education/day.h"
#include "services/exclusions/domain/clock.h"
#include "services/exclusions/domain/decisions.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/problem.h"

namespace pathways::exclusions {

// Source for all three: SI 2012/1033 regs. 6, 15 and 24.
enum class BoardDuty : std::uint8_t {
  kMeets,            // must consider it, whatever parents say
  kMeetsIfAsked,     // when parents make representations
  kRepresentations,  // considers representations; need not meet, cannot order reinstatement
};
BoardDuty BoardDutyOf(const StatutoryClock& clock, const Exclusion& exclusion);

// What is wrong with decisions as somebody entered them, as on `today`; fields as in Decisions.
// A day before the one it follows from, or in the future; a decision without its meeting's
// consequences in order (a review of what was not declined, a notice without a decision); a
// reinstatement that the board cannot order; a review of a suspension. Days that are missing are
// no problem: history comes incomplete. Empty: good. `clock` as of the exclusion before.
std::vector<Problem> CheckDecisions(const Exclusion& exclusion, const Decisions& now,
                                    const StatutoryClock& clock, education::Day today);

// The state that the decisions lead to: kReinstated when the board's last word is to reinstate,
// otherwise kRecorded; a cancelled or withdrawn exclusion stays what it is.
State StateAfter(const Exclusion& exclusion, const Decisions& now);

// Where the case stands, for people and lists.
enum class Stage : std::uint8_t {
  kRecorded,         // nothing more is asked of the board
  kBoardToConsider,  // owed, or open while parents may make representations
  kBoardDeclined,    // suspension: final
  kTimeToApply,      // permanent, declined: parents may ask for a review
  kReviewAsked,
  kPanelUpheld,
  kBoardToReconsider,  // recommended or directed
  kFinal,              // permanent, stands: no review was asked for, or declined again
  kReinstated,
  kCancelled,
  kWithdrawn,
};
std::string_view StageName(Stage stage);   // "time_to_apply"
std::string_view StageTitle(Stage stage);  // "Parents may ask for a review"
Stage StageOf(const Exclusion& exclusion, const StatutoryClock& clock, education::Day today);

}  // namespace pathways::exclusions
