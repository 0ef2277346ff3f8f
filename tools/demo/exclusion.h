// A suspension or permanent exclusion, as a school's file tells it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "libs/education/day.h"
#include "libs/education/school_calendar.h"
#include "libs/education/session.h"
#include "libs/education/upn.h"

namespace pathways::demo {

enum class ExclusionKind : std::uint8_t { kSuspension, kLunchtime, kPermanent };

// When the governing board was told, and what family, board and review panel did. Empty: nothing
// yet.
struct Outcome {
  std::optional<education::Day> board_told_on = {};
  std::optional<education::Day> representations_on = {};
  std::optional<education::Day> exam_on = {};  // a public examination that was missed
  std::string_view board_decision = {};        // decline, reinstate
  std::optional<education::Day> decision_notice_on = {};
  std::optional<education::Day> review_applied_on = {};
  std::string_view panel_decision = {};  // uphold, quash
  std::optional<education::Day> panel_notice_on = {};
};

struct Exclusion {
  std::uint64_t child;  // number of the child
  education::Upn upn;
  std::size_t school;  // index into Borough::schools
  ExclusionKind kind = ExclusionKind::kSuspension;
  education::Day start;
  education::Session start_session = education::Session::kMorning;
  int sessions = 0;    // half days; lunchtimes: their number; permanent: 0
  education::Day end;  // last day out; permanent: the first
  std::array<std::string_view, 3> reasons = {};  // codes of the national set; empty: fewer
  education::Day decided_on;
  Outcome outcome = {};

  bool ends_with_morning() const {
    return (sessions + (start_session == education::Session::kAfternoon ? 1 : 0)) % 2 == 1;
  }
};

// The last day out of so many half days from `start` on, which is a school day; nothing when the
// calendar does not reach so far. Permanent: `start`.
std::optional<education::Day> LastDayOut(const education::SchoolCalendar& calendar,
                                         ExclusionKind kind, education::Day start,
                                         education::Session start_session, int sessions);

// What happens to it afterwards, in school days after its first day; 0: it does not happen.
struct Fate {
  int represented_after = 0;
  int examined_after = -1;  // 0: on the first day; -1: no examination is missed
  int decided_after = 0;
  std::string_view board_decision = {};
  int applied_after = 0;
  int panel_after = 0;
  std::string_view panel_decision = {};
};
Outcome OutcomeOf(const Fate& fate, education::Day start,
                  const education::SchoolCalendar& calendar);

// The same as far as it had happened by `until`.
Outcome AsKnownOn(education::Day until, const Outcome& outcome);

}  // namespace pathways::demo
