// The time limit of the fair access protocol.
//
// School Admissions Code 2021, 3.14 to 3.22: a child who is hard to place in-year is found a school
// place within twenty school days. It counts from the day after the referral, in the calendar of
// the school the child was referred by. The protocol is not for children with an education, health
// and care plan or looked after: for them others name the school.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/counting.h"

namespace pathways::panel {

inline constexpr int kFairAccessDays = 20;
inline constexpr char kFairAccessRule[] =
    "A school place is found within 20 school days after the referral";
inline constexpr char kFairAccessSource[] = "School Admissions Code 2021, 3.14 to 3.22";

// What is known of a case.
struct FairAccessFacts {
  bool asked = false;  // the case asks for such a place, or one was decided
  bool has_plan = false;
  bool looked_after = false;
  std::optional<education::Day> referred = {};
  std::optional<education::Day> found = {};  // a place was decided
};

enum class FairAccessState : std::uint8_t { kNone, kDue, kLate, kFound };

struct FairAccess {
  FairAccessState state = FairAccessState::kNone;
  std::string why_not = {};  // has_plan, looked_after
  std::optional<education::Day> starts_from = {};
  std::optional<education::Day> due = {};  // nothing: past the calendar's end
  std::vector<education::CountedDay> days = {};
};
FairAccess FairAccessOf(const FairAccessFacts& facts, const education::SchoolCalendar& calendar,
                        education::Day today);

}  // namespace pathways::panel
