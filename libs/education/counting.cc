#include "libs/education/counting.h"

namespace pathways::education {
namespace {

// Walks from the day after `day`, numbering school days until `n` of them or the calendar's end.
void TellForward(Day day, int n, const SchoolCalendar& calendar, std::vector<CountedDay>& told) {
  if (calendar.school_days().empty()) return;
  const Day last_known = calendar.school_days().back();
  for (int number = 0; number < n && day < last_known;) {
    ++day;
    if (calendar.IsSchoolDay(day)) {
      told.push_back({day, ++number, {}});
    } else {
      told.push_back({day, 0, calendar.WhyNot(day).value_or(std::string())});
    }
  }
}

void TellBackward(Day day, const SchoolCalendar& calendar, std::vector<CountedDay>& told) {
  if (calendar.school_days().empty()) return;
  const Day first_known = calendar.school_days().front();
  while (day > first_known) {
    day = day - 1;
    if (calendar.IsSchoolDay(day)) {
      told.push_back({day, 1, {}});
      return;
    }
    told.push_back({day, 0, calendar.WhyNot(day).value_or(std::string())});
  }
}

}  // namespace

std::optional<Day> CountedTo(const Counting& counting, const SchoolCalendar& calendar) {
  switch (counting.count) {
    case Count::kNone:
      return counting.from;
    case Count::kAfter:
      return calendar.AddSchoolDays(counting.from, counting.n);
    case Count::kNth:
      return calendar.AddSchoolDays(counting.from - 1, counting.n);
    case Count::kLastBefore:
      return calendar.PreviousSchoolDay(counting.from);
    case Count::kDayAfter:
      break;
  }
  const auto last = calendar.AddSchoolDays(counting.from, counting.n);
  if (!last) return std::nullopt;
  return *last + 1;
}

std::vector<CountedDay> TellDays(const Counting& counting, const SchoolCalendar& calendar) {
  std::vector<CountedDay> told;
  switch (counting.count) {
    case Count::kNone:
      break;
    case Count::kAfter:
    case Count::kDayAfter:
      told.push_back({counting.from, 0, "The count starts after this day"});
      TellForward(counting.from, counting.n, calendar, told);
      break;
    case Count::kNth:
      TellForward(counting.from - 1, counting.n, calendar, told);
      break;
    case Count::kLastBefore:
      told.push_back({counting.from, 0, "The count goes back from this day"});
      TellBackward(counting.from, calendar, told);
      break;
  }
  return told;
}

std::optional<Day> Recount(const Counting& counting, const std::vector<CountedDay>& days) {
  if (counting.count == Count::kNone) return counting.from;
  const int wanted = counting.count == Count::kLastBefore ? 1 : counting.n;
  for (const CountedDay& counted : days) {
    if (counted.number != wanted) continue;
    return counting.count == Count::kDayAfter ? counted.day + 1 : counted.day;
  }
  return std::nullopt;
}

}  // namespace pathways::education
