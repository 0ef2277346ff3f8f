// A case before the Securing Education Panel and its life:
//
//   draft -> referred <-> scheduled -> decided -> closed
//                ^--- deferred ---'
//   draft, referred or scheduled -> withdrawn (by who referred it) | closed (its reason is gone)
//
// A case that a permanent exclusion opened is referred at once, complete or not; an agenda takes it
// when it is complete. A decided case can be taken up again: that makes another decision, not
// another case.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/uuid.h"
#include "services/panel/domain/names.h"

namespace pathways::panel {

using CaseId = education::Uuid<struct CaseIdTag>;
using ExclusionId = education::Uuid<struct ExclusionIdTag>;
// Of the Early Help request or the proposal of help that a case came from.
using SourceId = education::Uuid<struct SourceIdTag>;
using PanelId = education::Uuid<struct PanelIdTag>;
using SittingId = education::Uuid<struct SittingIdTag>;
using DecisionId = education::Uuid<struct DecisionIdTag>;

enum class Phase : std::uint8_t { kPrimary, kSecondary };
inline constexpr auto kPhaseNames = MakeNames<Phase>({"primary", "secondary"});

// The panel for a school of that phase as the national register publishes it ("Primary", "Middle
// deemed secondary"); nothing where a school has both phases or none.
std::optional<Phase> PhaseOfSchool(std::string_view published);

enum class Origin : std::uint8_t {
  kSchool,
  kOfficer,
  kPermanentExclusion,
  kStepUp,           // an officer steps an Early Help request up
  kRiskOfExclusion,  // a person decided so about a pupil at risk
};
inline constexpr auto kOriginNames =
    MakeNames<Origin>({"school", "officer", "permanent_exclusion", "step_up", "risk_of_exclusion"});

enum class CaseState : std::uint8_t {
  kDraft,
  kReferred,
  kScheduled,
  kDecided,
  kClosed,
  kWithdrawn,
};
inline constexpr auto kCaseStateNames =
    MakeNames<CaseState>({"draft", "referred", "scheduled", "decided", "closed", "withdrawn"});

enum class CaseAction : std::uint8_t {
  kSave,
  kRefer,
  kSchedule,    // an agenda takes it
  kUnschedule,  // the clerk takes it off
  kDecide,
  kDefer,
  kWithdraw,
  kClose,
};
inline constexpr auto kCaseActionNames = MakeNames<CaseAction>(
    {"save", "refer", "schedule", "unschedule", "decide", "defer", "withdraw", "close"});

// Where the action leads. FAILED_PRECONDITION, in words for the person who tried, when the state
// does not allow it.
absl::StatusOr<CaseState> Next(CaseState state, CaseAction action);

struct PanelCase {
  CaseId id;
  std::string reference;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  std::optional<Phase> phase = {};
  Origin origin = Origin::kSchool;
  std::optional<ExclusionId> exclusion = {};
  std::optional<SourceId> source = {};  // of kStepUp and kRiskOfExclusion
  CaseState state = CaseState::kDraft;
  std::int64_t version = 1;                // one more with every change
  std::int64_t event_version = 0;          // of the last event published about it
  std::optional<education::Day> due = {};  // education must be provided (day six)
  bool complete = false;
  bool sealed = false;  // the pack of its sitting is sealed
  std::string asked_for = {};
  std::optional<SittingId> sitting = {};
  std::vector<std::string> deferred_for = {};
  std::optional<DecisionId> decision = {};
  std::string closed_reason = {};
  std::optional<std::int64_t> closed_entry = {};  // timeline entry with the words
  std::string origin_trace_id = {};
  std::string created_by = {};  // person id, or "system:<name>"; so are all of these
  education::Instant created_at = {};
  std::optional<education::Instant> referred_at = {};
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};

  // Read only.
  std::optional<education::Day> sitting_day = {};
  std::string closed_words = {};
};

// Whether a permanent exclusion opens a case by itself: not one that came in as history, that is
// whose education was due (where none is: whose first day was) in an academic year before that in
// which it was recorded. An officer may still refer the pupil.
bool OpensCase(education::Day education_due, education::Day recorded);

// Whether the pages may still be changed. FAILED_PRECONDITION once the pack is sealed: who read it
// must have read what was decided on.
absl::Status CheckWritable(const PanelCase& panel_case);

// Whether who referred it may take it back. FAILED_PRECONDITION for a case that an exclusion
// opened: it ends with the exclusion.
absl::Status CheckWithdrawable(const PanelCase& panel_case);

}  // namespace pathways::panel
