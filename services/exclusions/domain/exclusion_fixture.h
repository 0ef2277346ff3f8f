// For tests: a school's calendar with terms, half terms, INSET days and a bank holiday, and
// exclusions with little to say.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/calendar_fixture.h"
#include "libs/education/id_source.h"
#include "libs/education/school_calendar.h"
#include "services/exclusions/domain/exclusion.h"
#include "services/exclusions/domain/spell.h"

namespace pathways::exclusions::fixture {

using namespace std::chrono_literals;
using education::Day;
using education::fixture::Entry;

// 2026/27, and the autumn after it.
inline std::vector<education::CalendarEntry> Entries() {
  using enum education::CalendarKind;
  const auto inset = [](std::chrono::year_month_day day) {
    return Entry(kInset, "Staff training", day, day);
  };
  return {
      Entry(kTerm, "Autumn term", 2026y / 9 / 2, 2026y / 12 / 18),
      Entry(kTerm, "Spring term", 2027y / 1 / 5, 2027y / 3 / 25),
      Entry(kTerm, "Summer term", 2027y / 4 / 13, 2027y / 7 / 20),
      Entry(kTerm, "Autumn term", 2027y / 9 / 1, 2027y / 12 / 17),
      Entry(kHoliday, "October half term", 2026y / 10 / 26, 2026y / 10 / 30),
      Entry(kHoliday, "February half term", 2027y / 2 / 15, 2027y / 2 / 19),
      Entry(kHoliday, "May half term", 2027y / 5 / 31, 2027y / 6 / 4),
      Entry(kHoliday, "October half term", 2027y / 10 / 25, 2027y / 10 / 29),
      Entry(kBankHoliday, "Early May bank holiday", 2027y / 5 / 3, 2027y / 5 / 3),
      inset(2026y / 9 / 2),
      inset(2026y / 11 / 27),
      inset(2027y / 1 / 5),
      inset(2027y / 6 / 7),
      inset(2027y / 7 / 20),
      inset(2027y / 9 / 1),
  };
}

inline const education::SchoolCalendar& Calendar() {
  static const education::SchoolCalendar calendar = education::fixture::Calendar(Entries());
  return calendar;
}

inline education::Urn School(int urn = 900001) { return *education::Urn::FromInt(urn); }

inline Reasons OneReason() { return Reasons::Parse(std::vector<std::string>{"PP"}).value(); }

// Ids from one sequence, so that those made later are greater.
inline education::SequenceIdSource& Ids() {
  static education::SequenceIdSource ids;
  return ids;
}

inline Exclusion Excluded(Kind kind, Day start, int half_days,
                          education::Session session = education::Session::kMorning) {
  static const education::PupilId pupil = education::PupilId::New(Ids());
  return {.id = ExclusionId::New(Ids()),
          .pupil = pupil,
          .urn = School(),
          .la_code = *education::LaCode::FromInt(822),
          .kind = kind,
          .start = start,
          .start_session = session,
          .half_days = HalfDays::Of(half_days),
          .reasons = OneReason(),
          .decided_on = start};
}

inline Exclusion Suspended(Day start, int half_days,
                           education::Session session = education::Session::kMorning) {
  return Excluded(Kind::kSuspension, start, half_days, session);
}

inline Exclusion Permanent(Day start) { return Excluded(Kind::kPermanent, start, 0); }

// Parents may apply until 4 December 2026.
inline Exclusion Declined() {
  Exclusion exclusion = Permanent(Day(std::chrono::year(2026) / 10 / 14));
  exclusion.decisions.board_met_on = Day(std::chrono::year(2026) / 11 / 11);
  exclusion.decisions.board_decision = BoardDecision::kDecline;
  exclusion.decisions.decision_notice_on = Day(std::chrono::year(2026) / 11 / 12);
  return exclusion;
}

inline std::vector<Spell> Spells(const std::vector<Exclusion>& exclusions,
                                 const education::SchoolCalendar& calendar = Calendar()) {
  std::vector<Spell> spells;
  for (const Exclusion& exclusion : exclusions) spells.push_back(Spell::Of(exclusion, calendar));
  return spells;
}

}  // namespace pathways::exclusions::fixture
