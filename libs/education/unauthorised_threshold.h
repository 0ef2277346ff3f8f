// The national threshold of unauthorised absence: 10 sessions within a rolling period of 10 school
// weeks, codes G, N, O and U, over terms and academic years. Source: Education (Penalty Notices)
// (England) (Amendment) Regulations 2024 and the National Framework, from 19 August 2024. Reaching
// it means that the school must consider what to do; nothing follows by itself.
//
// For each school day D the count is of sessions up to D within the ten school weeks that end with
// D's week. It is crossed when the count first reaches 10 after having been lower on a school day
// (or at the start).
//
// Marks stand when the calendar changes after them: sessions on a day that is no school day any
// more count on that day, those of a week that is no school week with the school week before it.
#pragma once

#include <array>
#include <chrono>
#include <span>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"

namespace pathways::education {

inline constexpr int kUnauthorisedThresholdSessions = 10;
inline constexpr int kUnauthorisedWindowWeeks = 10;
inline constexpr Day kUnauthorisedThresholdFrom{std::chrono::year(2024) / 8 / 19};

// `before`: the count on the previous school day, 0 at the start.
constexpr bool ReachesUnauthorisedThreshold(int before, int now) {
  return before < kUnauthorisedThresholdSessions && now >= kUnauthorisedThresholdSessions;
}

// The rolling count of one enrolment. Fed with its school days in order, also those without an
// unauthorised session.
class UnauthorisedWindow {
 public:
  // Moves on to a school day in school week `week` (never smaller than before) with `sessions`
  // unauthorised. Answers whether the threshold is reached on that day.
  bool Add(int week, int sessions);

  // The last week added to; 0 at the start.
  int week() const { return week_; }
  // Sessions in the window that ends with the last day added.
  int count() const { return count_; }

 private:
  void MoveTo(int week);

  std::array<int, kUnauthorisedWindowWeeks> weeks_{};  // by week number modulo its size
  int week_ = 0;
  int count_ = 0;
};

struct UnauthorisedDay {
  Day day;
  int sessions;  // 0 to 2
};

struct UnauthorisedCrossing {
  Day day;
  int count;  // sessions in the window on that day: 10, or 11 when two came at once

  friend bool operator==(const UnauthorisedCrossing&, const UnauthorisedCrossing&) = default;
};

// All crossings of one enrolment. `days` in order of time, each day once; those without an
// unauthorised session may be left out. Sessions before the calendar's first week are in no window.
std::vector<UnauthorisedCrossing> UnauthorisedCrossings(std::span<const UnauthorisedDay> days,
                                                        const SchoolCalendar& calendar);

}  // namespace pathways::education
