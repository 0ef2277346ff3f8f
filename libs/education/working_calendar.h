// Working days: Monday to Friday, not a bank holiday of England. What authorities promise ("a
// decision within 2 working days") is counted in them; what schools are held to is counted in
// school days (school_calendar.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "libs/education/day.h"

namespace pathways::education {

struct BankHoliday {
  Day day;  // the substitute day where the holiday itself falls on a weekend
  std::string_view name;
  std::string_view source;
};

// By day. Days proclaimed for one year are added here (working_calendar_rules.cc), with their
// source.
std::span<const BankHoliday> EnglandBankHolidays();

// Immutable, so any number of threads may ask at once.
class WorkingCalendar {
 public:
  // `holidays` in order of days, living as long as the calendar. Holidays are known from the first
  // of January of the first year named to the end of the last.
  explicit WorkingCalendar(std::span<const BankHoliday> holidays) : holidays_(holidays) {}

  static const WorkingCalendar& England();

  bool IsWorkingDay(Day day) const { return !day.is_weekend() && HolidayOn(day) == nullptr; }
  // For people: "Saturday", "Bank holiday: Good Friday"; nothing when it is a working day.
  std::optional<std::string> WhyNot(Day day) const;

  // The n-th working day later than `day`, which itself does not count and need not be one. n >= 1.
  // Past the years whose holidays are known (Knows) only weekends are left out.
  Day AddWorkingDays(Day day, int n) const;

  // Whether the bank holidays of that day's year are known.
  bool Knows(Day day) const;

 private:
  const BankHoliday* HolidayOn(Day day) const;

  std::span<const BankHoliday> holidays_;
};

}  // namespace pathways::education
