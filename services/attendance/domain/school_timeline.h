// What changed registers of one school mean: its running sums from the first changed day on, and
// every crossing from that day on. Pure: given what is stored, it answers what is to be stored.
//
// The arithmetic is on whole rows (a row: all slots of a school on a day). A crossing is where two
// rows next to each other differ in state; the count of the unauthorised window is a difference of
// two rows.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "libs/education/absence_state.h"
#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"
#include "services/attendance/domain/running_sums.h"

namespace pathways::attendance {

// A crossing with the enrolment it is about.
struct EnrolmentCrossing {
  education::EnrolmentId enrolment;
  education::Day day;
  education::CrossingKind kind;
  // Since the start of the academic year, up to that day.
  int possible;
  int absent;
  // Of these; for kUnauthorised the count in its rolling period.
  int unauthorised;

  friend bool operator==(const EnrolmentCrossing&, const EnrolmentCrossing&) = default;
};

// "The last row of that academic year before that day".
struct Lookback {
  education::AcademicYear year;
  education::Day before;
  friend auto operator<=>(const Lookback&, const Lookback&) = default;
};

// Which rows before `first` are needed to work out crossings on `days` (the days with a register
// from `first` on, stored or changed, in order). A handful, whatever the length of
// the year.
std::set<Lookback> NeededLookbacks(const education::SchoolCalendar& calendar, education::Day first,
                                   std::span<const education::Day> days);

struct TimelineInput {
  const education::SchoolCalendar* calendar;  // not null
  int minimum_possible_sessions = education::kDefaultMinimumPossibleSessions;
  // Enrolments by slot, for every year touched and the one before it where it has slots.
  std::map<education::AcademicYear, const std::vector<education::EnrolmentId>*> slots;
  // Everything from this day on is worked out anew.
  education::Day first;
  // Registers that changed: marks by slot. None before `first`; none at all when a calendar or a
  // setting changed.
  std::map<education::Day, std::string> changed;
  // All stored rows from the first day on.
  std::map<education::Day, SumsRow> stored;
  // For NeededLookbacks(); absent where there is no such row.
  std::map<Lookback, SumsRow> lookback;
};

struct TimelineOutcome {
  std::map<education::Day, SumsRow> rows;    // all from the first day on, as they now are
  std::vector<education::Day> rewritten;     // days of rows that are new or not as stored
  std::vector<EnrolmentCrossing> crossings;  // all from the first day on, by day
};

TimelineOutcome Recompute(TimelineInput input);

}  // namespace pathways::attendance
