// A school's register of one day as bytes, and what a file's marks make of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/attendance_code.h"
#include "libs/education/day.h"
#include "libs/education/session.h"

namespace pathways::attendance {

// Two bytes a slot, morning and afternoon: AttendanceCode bytes, `-` where a mark is missing, `.`
// where the slot's enrolment was not on roll. A slot beyond the end is as if `.`.
using DayMarks = std::string;

// The mark of a slot and session; kNotOnRollByte beyond the end.
char MarkAt(std::string_view marks, std::size_t slot, education::Session session);

inline bool IsRealMark(char byte) {
  return byte != education::AttendanceCode::kNotOnRollByte && byte != '-';
}

struct MarkChange {
  std::size_t slot;
  education::Session session;
  char original;
  char amended;

  friend bool operator==(const MarkChange&, const MarkChange&) = default;
};

struct MergedDay {
  DayMarks marks;
  std::vector<MarkChange> amendments;  // marks that replaced another mark
  std::int64_t added = 0;              // marks where none was
  std::int64_t unchanged = 0;          // said again

  // Whether there is anything to record. Who is on roll may have changed since: that alone is no
  // new register.
  bool changed() const { return added > 0 || !amendments.empty(); }
};

// `known`: the latest register of that day, empty when there is none. `on_roll`: one a slot.
// `said`: two a slot, 0 where the file says nothing; an empty cell takes no known mark away.
MergedDay MergeDay(std::string_view known, const std::vector<bool>& on_roll,
                   std::span<const char> said);

// Marks in a register.
std::int64_t CountMarks(std::string_view marks);

// A slot that was not there for every session the school held.
struct SlotAbsence {
  std::size_t slot;
  int absent = 0;        // sessions missed
  int unauthorised = 0;  // of these
  int not_possible = 0;  // sessions that count in no measure for it

  friend bool operator==(const SlotAbsence&, const SlotAbsence&) = default;
};
struct DayAbsences {
  int sessions = 0;  // in which at least one slot's attendance was possible, 0 to 2
  std::vector<SlotAbsence> slots = {};  // in order
};
// Slots not on roll are left out.
DayAbsences AbsencesOf(std::string_view marks, education::Day day);

}  // namespace pathways::attendance
