// On which days a school is open to its pupils, and the counting of school days and school weeks.
//
// A school day is a Monday to Friday inside one of the school's terms that is not in a holiday, a
// bank holiday, an INSET day or a closure. In an academic year for which a school has terms of its
// own only those count, otherwise the authority's; holidays, bank holidays, INSET days and closures
// of both apply.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/academic_year.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"

namespace pathways::education {

enum class CalendarKind : std::uint8_t { kTerm, kHoliday, kBankHoliday, kInset, kClosure };

// term, holiday, bank_holiday, inset, closure; either case.
absl::StatusOr<CalendarKind> ParseCalendarKind(std::string_view text);
std::string_view ToString(CalendarKind kind);

struct CalendarEntry {
  std::optional<Urn> urn;  // nothing: the whole authority
  AcademicYear academic_year;
  CalendarKind kind;
  std::string name;
  Day from;  // both days included
  Day to;
};

// INVALID_ARGUMENT when the days are the wrong way round, a term leaves its academic year, or
// another entry lies outside it.
absl::Status CheckCalendarEntry(const CalendarEntry& entry);

// Immutable once made, so any number of threads may ask at once. Knows the days from its first term
// to its last; outside them there are no school days.
class SchoolCalendar {
 public:
  // Takes the authority's entries and the school's own; those of other schools are passed over.
  // Without a school: the authority's calendar. Entries must be good (CheckCalendarEntry); the
  // first that is not is the error.
  static absl::StatusOr<SchoolCalendar> Make(std::optional<Urn> school,
                                             std::span<const CalendarEntry> entries);

  bool IsSchoolDay(Day day) const;  // constant time

  // Why it is no school day, for people ("Bank holiday: Good Friday"); nothing when it is one.
  std::optional<std::string> WhyNot(Day day) const;

  // School days from `from` to `to`, both included; 0 when `to` is earlier.
  int SchoolDaysBetween(Day from, Day to) const;

  // The next school day after, the last before, and the first on or after that day; nothing past
  // the calendar's end.
  std::optional<Day> NextSchoolDay(Day day) const { return AddSchoolDays(day, 1); }
  std::optional<Day> PreviousSchoolDay(Day day) const;
  std::optional<Day> FirstSchoolDayFrom(Day day) const;

  // The n-th school day later than `day`, which itself does not count: what "within n school days"
  // ends on. n >= 1.
  std::optional<Day> AddSchoolDays(Day day, int n) const;

  // A school week is Monday to Sunday with at least one school day. Numbered 1, 2, 3, ... over
  // terms and years, holiday weeks left out. Nothing for a day whose week is none. The numbers
  // count from the calendar's first week: compare them only within one calendar.
  std::optional<int> SchoolWeekNumber(Day day) const;
  int school_weeks() const { return static_cast<int>(week_mondays_.size()); }
  // The Monday of school week n; nothing outside 1 to school_weeks().
  std::optional<Day> FirstDayOfSchoolWeek(int n) const;

  // All school days, in order.
  std::span<const Day> school_days() const { return school_days_; }

 private:
  explicit SchoolCalendar(std::vector<CalendarEntry> entries);

  bool InTerm(Day day) const;
  const CalendarEntry* Exception(Day day) const;
  void Index(Day first, Day last);
  // How many school days are earlier than `day`.
  std::size_t Rank(Day day) const;

  std::vector<CalendarEntry> entries_;  // those that apply to this school
  Day first_;                           // a Monday; bit 0 of bits_
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> rank_;  // school days before each word of bits_
  std::vector<Day> school_days_;
  std::vector<Day> week_mondays_;
  std::vector<std::int32_t> week_number_;  // by calendar week since first_; 0: no school week
};

}  // namespace pathways::education
