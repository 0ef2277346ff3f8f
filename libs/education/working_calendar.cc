#include "libs/education/working_calendar.h"

#include <algorithm>

namespace pathways::education {

const WorkingCalendar& WorkingCalendar::England() {
  static const WorkingCalendar calendar(EnglandBankHolidays());
  return calendar;
}

const BankHoliday* WorkingCalendar::HolidayOn(Day day) const {
  const auto found = std::ranges::lower_bound(holidays_, day, {}, &BankHoliday::day);
  return found != holidays_.end() && found->day == day ? &*found : nullptr;
}

std::optional<std::string> WorkingCalendar::WhyNot(Day day) const {
  if (day.is_weekend()) return day.WeekdayName();
  if (const BankHoliday* holiday = HolidayOn(day))
    return "Bank holiday: " + std::string(holiday->name);
  return std::nullopt;
}

Day WorkingCalendar::AddWorkingDays(Day day, int n) const {
  while (n > 0) {
    ++day;
    if (IsWorkingDay(day)) --n;
  }
  return day;
}

bool WorkingCalendar::Knows(Day day) const {
  if (holidays_.empty()) return false;
  const auto year = day.date().year();
  return year >= holidays_.front().day.date().year() && year <= holidays_.back().day.date().year();
}

}  // namespace pathways::education
