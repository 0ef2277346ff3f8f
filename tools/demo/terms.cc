#include "tools/demo/terms.h"

#include <chrono>
#include <utility>

namespace pathways::demo {
namespace {

using education::AcademicYear;
using education::CalendarEntry;
using education::CalendarKind;
using education::Day;
using namespace std::chrono_literals;

Day On(int year, std::chrono::month month, unsigned day) {
  return Day(std::chrono::year(year) / month / std::chrono::day(day));
}
Day First(int year, std::chrono::month month) {
  return Day(std::chrono::year(year) / month / std::chrono::Monday[1]);
}
Day Last(int year, std::chrono::month month) {
  return Day(std::chrono::year(year) / month / std::chrono::Monday[std::chrono::last]);
}

Day OnOrAfter(Day day, std::chrono::weekday weekday) {
  return day + static_cast<int>((weekday - day.weekday()).count());
}
Day OnOrBefore(Day day, std::chrono::weekday weekday) {
  return day - static_cast<int>((day.weekday() - weekday).count());
}
Day WeekdayOnOrAfter(Day day) {
  return day.is_weekend() ? OnOrAfter(day, std::chrono::Monday) : day;
}
Day WeekdayOnOrBefore(Day day) {
  return day.is_weekend() ? OnOrBefore(day, std::chrono::Friday) : day;
}

// The Gregorian computus in the form of Meeus, Jones and Butcher.
Day EasterSunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return On(year, std::chrono::month(static_cast<unsigned>(f / 31)),
            static_cast<unsigned>(f % 31 + 1));
}

// Christmas and Boxing Day move to the next working days that neither of them takes.
std::pair<Day, Day> ChristmasHolidays(int year) {
  const Day christmas = WeekdayOnOrAfter(On(year, std::chrono::December, 25));
  Day boxing = WeekdayOnOrAfter(On(year, std::chrono::December, 26));
  if (On(year, std::chrono::December, 25).is_weekend()) {
    const Day monday = OnOrAfter(On(year, std::chrono::December, 25), std::chrono::Monday);
    // A Christmas on a Sunday leaves Boxing Day its Monday and takes the Tuesday.
    return On(year, std::chrono::December, 26).is_weekend() ? std::pair(monday, monday + 1)
                                                            : std::pair(monday + 1, monday);
  }
  return {christmas, boxing};
}

class YearBuilder {
 public:
  explicit YearBuilder(AcademicYear year) : year_(year) {}

  void Add(CalendarKind kind, std::string name, Day from, Day to) {
    entries_.push_back({std::nullopt, year_, kind, std::move(name), from, to});
  }
  // Five days from a Monday.
  void AddWeekOff(std::string name, Day monday) {
    Add(CalendarKind::kHoliday, std::move(name), monday, monday + 4);
  }
  void AddBankHolidays(int year) {
    for (const NamedDay& holiday : BankHolidays(year)) {
      if (year_.Contains(holiday.day))
        Add(CalendarKind::kBankHoliday, holiday.name, holiday.day, holiday.day);
    }
  }
  std::vector<CalendarEntry> Take() { return std::move(entries_); }

 private:
  AcademicYear year_;
  std::vector<CalendarEntry> entries_;
};

}  // namespace

std::vector<NamedDay> BankHolidays(int year) {
  const Day easter = EasterSunday(year);
  const auto [christmas, boxing] = ChristmasHolidays(year);
  return {{"New Year's Day", WeekdayOnOrAfter(On(year, std::chrono::January, 1))},
          {"Good Friday", easter - 2},
          {"Easter Monday", easter + 1},
          {"Early May bank holiday", First(year, std::chrono::May)},
          {"Spring bank holiday", Last(year, std::chrono::May)},
          {"Summer bank holiday", Last(year, std::chrono::August)},
          {"Christmas Day", christmas},
          {"Boxing Day", boxing}};
}

std::array<TermDays, 3> TermsOf(AcademicYear year) {
  const std::vector<CalendarEntry> entries = AuthorityCalendar(year);
  // The three terms come first, then their half terms.
  const auto term = [&](std::size_t n) {
    return TermDays{entries[n].from, entries[n].to, entries[n + 3].to + 3};
  };
  return {term(0), term(1), term(2)};
}

std::vector<CalendarEntry> AuthorityCalendar(AcademicYear year) {
  const int autumn = year.start_year();
  const int spring = autumn + 1;
  const Day good_friday = EasterSunday(spring) - 2;
  // An early Easter ends the term the day before Good Friday; a late one does not make it longer.
  const Day spring_end =
      std::min(good_friday - 1, OnOrBefore(On(spring, std::chrono::April, 2), std::chrono::Friday));
  Day summer_start = OnOrAfter(spring_end + 16, std::chrono::Monday);
  if (summer_start == good_friday + 3) ++summer_start;

  YearBuilder builder(year);
  builder.Add(CalendarKind::kTerm, "Autumn term",
              WeekdayOnOrAfter(On(autumn, std::chrono::September, 2)),
              OnOrBefore(On(autumn, std::chrono::December, 21), std::chrono::Friday));
  builder.Add(CalendarKind::kTerm, "Spring term",
              WeekdayOnOrAfter(On(spring, std::chrono::January, 4)), spring_end);
  builder.Add(CalendarKind::kTerm, "Summer term", summer_start,
              WeekdayOnOrBefore(On(spring, std::chrono::July, 21)));
  builder.AddWeekOff("October half term",
                     OnOrBefore(On(autumn, std::chrono::October, 31), std::chrono::Monday));
  builder.AddWeekOff("February half term", First(spring, std::chrono::February) + 14);
  builder.AddWeekOff("May half term", Last(spring, std::chrono::May));
  builder.AddBankHolidays(autumn);
  builder.AddBankHolidays(spring);
  return builder.Take();
}

}  // namespace pathways::demo
