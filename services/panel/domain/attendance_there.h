// How a pupil attends at a placement, read from registers that are kept elsewhere: that of the
// pupil's own school says B (another educational activity), K (provision by the authority) or D
// (on another register too) for sessions at a placement; a provider or school with a register of
// its own says it itself. Source: School Attendance (Pupil Registration) (England) Regulations
// 2024, reg. 10, and the guidance to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/session_sums.h"
#include "services/panel/domain/places.h"

namespace pathways::panel {

// Codes of one day as the register has them; empty: no mark.
struct MarkedDay {
  education::Day day;
  std::string am = {};
  std::string pm = {};
};

struct RegisterAt {
  education::Urn urn;
  std::vector<MarkedDay> days = {};
};

struct PlacementSpan {
  education::Urn home;  // school of the case
  std::optional<education::Urn>
      own_register;  // of the provider, or the school that takes the pupil
  std::vector<Weekday> days = {};
  education::Day first;
  education::Day last;  // the end, or today
};

struct AttendanceThere {
  // Where the marks come from.
  enum class Source { kNone, kOwnRegister, kHomeRegister };
  Source source = Source::kNone;
  education::SessionSums since_start = {};
  education::SessionSums last_four_weeks = {};
  // Sessions the home register marks D: it does not say whether the pupil was there.
  int dual_sessions = 0;
  std::optional<education::Day> last_mark = {};

  bool CanTell() const { return since_start.possible > 0; }
};

// Only the days of the placement count. In a home register: B and K are there; an absence is one
// from there; D, and what makes no session possible, counts in neither.
AttendanceThere MeasureThere(const PlacementSpan& span, const std::vector<RegisterAt>& registers);

}  // namespace pathways::panel
