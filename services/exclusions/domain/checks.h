// What keeps an exclusion from being recorded, changed or ended. Each problem names the field of
// the facts: kind, start_date, start_session, half_days, end_date, reasons, decided_on, exam_on,
// evidence, tried, warnings_seen, ending, on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/facts.h"
#include "services/exclusions/domain/problem.h"
#include "services/exclusions/domain/spell.h"

namespace pathways::exclusions {

// Days of one enrolment; nothing: still on roll.
struct OnRoll {
  education::Day first;
  std::optional<education::Day> last = {};
};

// Another exclusion of the pupil, with what is needed to compare.
struct Known {
  Exclusion exclusion;
  Spell spell;
};

struct CheckContext {
  const education::SchoolCalendar& calendar;  // of the school that excludes
  education::Urn urn;
  std::span<const Known> others;    // of the pupil, without the one that is checked; in any order
  std::span<const OnRoll> on_roll;  // at the school that excludes
  education::Day today;
};

// How far ahead an exclusion may begin: it is decided now, for soon.
inline constexpr int kMostDaysAhead = 60;

// Everything that is wrong, in the order of the fields. Empty: it can be recorded.
//
// Not recorded: without kind, first day, length or reason; a first day that is no school day, on
// which the pupil is not on roll, or too far ahead; a length that does not fit the
// kind; a stated end that is before the start, or too early for the length (a later one is good: a
// suspension need not be one run); reasons that are unknown, doubled, out of date or a fourth;
// sessions that another exclusion already has, or days on which the school has permanently excluded
// the pupil; a decision after the start; an examination outside the days missed; a permanent
// exclusion without evidence or what was tried, unless it is history. A sum over 45 days in the
// school year is refused with the sum, unless it is history.
std::vector<Problem> CheckFacts(const Facts& facts, const CheckContext& context);

// What a change may not do, beside CheckFacts: a suspension cannot become longer or permanent (a
// further one is recorded instead), nor an exclusion another kind; one that has ended is not
// changed.
// History is corrected freely. Source: guidance, "no extension, no conversion" (practice).
std::vector<Problem> CheckChange(const Exclusion& was, const Facts& facts);

enum class Ending : std::uint8_t {
  kCancel,    // by the head teacher
  kWithdraw,  // recorded by mistake
};
// Only what is recorded is ended. A cancellation is refused once the governing board has met or
// decided (guidance, para. 13), before the decision and after today; a withdrawal after today.
std::vector<Problem> CheckEnding(const Exclusion& exclusion, Ending ending, education::Day on,
                                 education::Day today);
State StateAfter(Ending ending);

}  // namespace pathways::exclusions
