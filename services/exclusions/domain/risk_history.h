// What is known about a pupil over time, and the facts that risk.h weighs as of any day: today, or
// a day of last year when a change of weights is rehearsed. Pure: the same history and day give the
// same facts.
//
// Windows: the rolling year is the 365 days that end with the day; ten school weeks are the last
// ten calendar weeks in which the pupil's school held a register, the day's own among them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/risk.h"

namespace pathways::exclusions {

inline constexpr int kRollingDays = 365;
inline constexpr int kUnauthorisedWeeks = 10;
inline constexpr int kMovesDays = 3 * 365;
// Support whose end nobody told counts for that long. (practice)
inline constexpr int kSupportDays = 365;

// The registers one school held.
class Registers {
 public:
  struct Held {
    education::Day day;
    int sessions;  // 0 to 2
  };
  Registers() = default;
  // In order of days.
  explicit Registers(const std::vector<Held>& held);

  // Sessions held after `after` and up to `to`.
  int Sessions(education::Day after, education::Day to) const;
  // The Monday of the `weeks`-th last week with a register up to that day; the earliest known one
  // when there are fewer; nothing when there is none.
  std::optional<education::Day> WeeksBack(education::Day day, int weeks) const;
  // Weeks with a register up to that day.
  int Weeks(education::Day day) const;

 private:
  std::size_t CountUpTo(education::Day day) const;

  std::vector<education::Day> days_;
  std::vector<int> sums_;  // sessions up to and including the day of the same place
  std::vector<education::Day> mondays_;
};

// A day on which the pupil was not there for all the school held.
struct DayMissed {
  education::Day day;
  int absent = 0;
  int unauthorised = 0;
  int not_possible = 0;
};

// A time on a school's roll.
struct Stay {
  education::Urn urn;
  education::LaCode la_code;
  education::Day entry;
  std::optional<education::Day> leaving = {};  // last day
  bool main = true;                            // single or main registration
  std::string phase = {};                      // of the school, as published
  std::vector<DayMissed> missed = {};          // in order of days
  const Registers* registers = nullptr;        // null: none known
};

struct PastExclusion {
  Kind kind;
  education::Day start;
  int half_days = 0;
  std::vector<std::string> reasons = {};  // codes
  State state = State::kRecorded;
  std::optional<education::Day> ended_on = {};  // cancelled or withdrawn
  bool has_social_worker = false;
};

// Recorded values from a day on; nothing: for all days before as well. Empty: not known.
struct RecordedFrom {
  std::optional<education::Day> from = {};
  std::string year_group = {};
  std::string sen_provision = {};  // N, K, E
  bool looked_after = false;
  // Not weighed: for the audit of whom proposals reach.
  std::string sex = {};
  std::string ethnic_group = {};
  std::string disadvantaged = {};  // Y, N
};

struct SupportSpell {
  std::string kind;  // early_help, placement
  education::Day from;
  std::optional<education::Day> to = {};  // last day
};

struct RiskHistory {
  education::PupilId pupil;
  std::vector<Stay> stays = {};                // in order of entry
  std::vector<PastExclusion> exclusions = {};  // in order of start
  std::vector<RecordedFrom> recorded = {};     // in order of days
  std::vector<SupportSpell> support = {};
};

// The school the pupil is at on that day by a main registration: the one entered last. Null: none.
const Stay* StayOn(const RiskHistory& history, education::Day day);

// The values on that day; the first known ones hold for all days before. Null: none known.
const RecordedFrom* RecordedOn(const RiskHistory& history, education::Day day);

// A permanent exclusion stands on that day: what is to be done then is the panel's matter.
bool PermanentlyExcludedOn(const RiskHistory& history, education::Day day);

// Whether help can be proposed at all: on a main roll, and not permanently excluded.
bool CanBeProposed(const RiskHistory& history, education::Day day);

RiskFacts FactsOn(const RiskHistory& history, education::Day day);

enum class Outcome : std::uint8_t { kNone, kSuspended, kPermanentlyExcluded };
inline constexpr std::size_t kOutcomeCount = 3;
// The gravest that began after `after`, up to `to`: of suspensions those that count in statistics,
// of permanent exclusions those that stand.
Outcome OutcomeBetween(const RiskHistory& history, education::Day after, education::Day to);

// When days alone can change the facts: the next Monday for whoever has anything in a window, and
// the day after an exclusion leaves the rolling year. Nothing: only something new can change them.
std::optional<education::Day> LookAgainOn(const RiskHistory& history, education::Day day);

}  // namespace pathways::exclusions
