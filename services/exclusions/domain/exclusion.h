// An exclusion as it now is. What it was before a change is history, kept beside it and never
// erased.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/session.h"
#include "libs/education/uuid.h"
#include "services/exclusions/domain/decisions.h"
#include "services/exclusions/domain/half_days.h"
#include "services/exclusions/domain/kind.h"
#include "services/exclusions/domain/reasons.h"
#include "services/exclusions/domain/step.h"

namespace pathways::exclusions {

using ExclusionId = education::Uuid<struct ExclusionIdTag>;

//   recorded -> cancelled | withdrawn | reinstated
//   reinstated -> recorded, when the board's decision is taken back as entered by mistake
enum class State : std::uint8_t {
  kRecorded,    // in force, or served; a reduction leaves it so
  kCancelled,   // by the head teacher: days already served count
  kWithdrawn,   // recorded by mistake: counts nowhere
  kReinstated,  // by the governing board, at first or after a review
};
inline constexpr std::array kStates = {State::kRecorded, State::kCancelled, State::kWithdrawn,
                                       State::kReinstated};
std::string_view StateName(State state);  // "recorded", as stored
std::optional<State> StateFromName(std::string_view name);

// What the law asks about the pupil as of the first day.
struct PupilThen {
  bool looked_after = false;
  bool has_social_worker = false;
  bool has_ehcp = false;       // SEN provision E
  bool sen_support = false;    // SEN provision K
  bool primary = false;        // year 6 or below
  bool compulsory_age = true;  // of compulsory school age
  // In year 11 with no examination left to sit.
  bool no_examinations_left = false;

  friend bool operator==(const PupilThen&, const PupilThen&) = default;
};

// The day each step was done, where Pathways was told; steps that a decision completes (a meeting,
// an application) are read from the decisions instead.
using StepsDone = std::array<std::optional<education::Day>, kStepCount>;

// Holds no memory of its own, so that a nation's exclusions can be gone through quickly.
struct Exclusion {
  ExclusionId id;
  education::PupilId pupil;
  education::Urn urn;  // the school that excluded
  education::LaCode la_code;
  Kind kind;
  education::Day start;  // first excluded day
  // First session; lunchtimes and permanent exclusions: the morning.
  education::Session start_session = education::Session::kMorning;
  HalfDays half_days = {};  // length; lunchtimes: their number; permanent: 0
  Reasons reasons;
  education::Day decided_on;
  // First public examination or National Curriculum test that is missed.
  std::optional<education::Day> exam_on = {};
  PupilThen pupil_then = {};
  State state = State::kRecorded;
  std::optional<education::Day> ended_on = {};  // cancelled or withdrawn
  Decisions decisions = {};
  StepsDone done = {};
};

// In order of time: the first day, then morning, lunch, afternoon, then id. What "started before"
// means wherever days are summed.
bool StartsBefore(const Exclusion& a, const Exclusion& b);

// The day the governing board was told: as decided, as a step done, otherwise the first day.
education::Day BoardTold(const Exclusion& exclusion);

// Whether it counts in statistics. A suspension does unless it was withdrawn, or cancelled before
// it began; a permanent exclusion only while it stands: not cancelled, withdrawn or reinstated.
// Source: Suspensions and permanent exclusions in England, definitions.
bool CountsInStatistics(const Exclusion& exclusion);

}  // namespace pathways::exclusions
