// An exclusion laid on its school's calendar: on which days the pupil is out, and from when back.
#pragma once

#include <optional>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/school_calendar.h"
#include "libs/education/session.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/half_days.h"
#include "services/exclusions/domain/kind.h"
#include "services/exclusions/domain/statutory_term.h"

namespace pathways::exclusions {

// Keeps a pointer to the calendar, which must outlive it. Immutable; no memory of its own.
class Spell {
 public:
  // Its half days fall on the school's days from the first day on: two a day (one, the afternoon,
  // on a first day that begins with it; one a day for lunchtimes). Where the first day is no school
  // day, because the calendar changed since, it begins on the next that is.
  //
  // Only what was served: nothing when withdrawn; up to and with the day of a cancellation; before
  // the day from which the pupil was reinstated. A permanent exclusion has no days.
  static Spell Of(const Exclusion& exclusion, const education::SchoolCalendar& calendar);
  // The same, before there is an exclusion.
  static Spell Of(Kind kind, education::Urn urn, education::Day start,
                  education::Session start_session, HalfDays length,
                  const education::SchoolCalendar& calendar);

  Kind kind() const { return kind_; }
  education::Urn urn() const { return urn_; }
  // First and last day out; both the recorded first day when no half day was served.
  education::Day first() const { return first_; }
  education::Day last() const { return last_; }
  HalfDays length() const { return length_; }
  bool is_empty() const { return length_.is_zero(); }
  // False when some of its days lie outside the known calendar. Those past the calendar's end are
  // not in length() and count nowhere until it is known.
  bool is_complete() const { return complete_; }
  // False in a school year of which no school day is known: then all its half days count as on the
  // first day.
  bool is_placed() const { return placed_; }

  // Back in school: the same day when it ends with the morning, otherwise the next school day;
  // nothing for a permanent exclusion and past the known calendar.
  std::optional<education::Day> back_on() const { return back_on_; }
  education::Session back_session() const { return back_session_; }

  // Half days on the days of the span, both ends included. Constant time.
  HalfDays In(const DaySpan& span) const;

  // Whether some session is in both. Lunchtimes only meet lunchtimes and whole days.
  bool Overlaps(const Spell& other) const;

 private:
  Spell(Kind kind, education::Urn urn, education::Day start,
        const education::SchoolCalendar& calendar)
      : kind_(kind), urn_(urn), calendar_(&calendar), first_(start), last_(start) {}

  void Lay(education::Session start_session, HalfDays length);
  void CutBefore(education::Day day);
  void FindWayBack();
  bool MeetsLunchtimes(const Spell& lunchtimes) const;
  HalfDays HalfDaysFromStartTo(education::Day day) const;

  Kind kind_;
  education::Urn urn_;
  const education::SchoolCalendar* calendar_;
  education::Day first_;
  education::Day last_;
  education::Session first_session_ = education::Session::kMorning;
  education::Session last_session_ = education::Session::kAfternoon;
  HalfDays length_ = {};
  bool complete_ = true;
  bool placed_ = true;
  std::optional<education::Day> back_on_ = {};
  education::Session back_session_ = education::Session::kMorning;
};

}  // namespace pathways::exclusions
