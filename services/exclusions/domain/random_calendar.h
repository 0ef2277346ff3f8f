// For property tests: calendars at random, from a fixed seed.
#pragma once

#include <chrono>
#include <random>
#include <vector>

#include "libs/education/calendar_fixture.h"
#include "libs/education/school_calendar.h"

namespace pathways::exclusions::fixture {

using namespace std::chrono_literals;
using education::CalendarEntry;
using education::CalendarKind;
using education::Day;

inline constexpr unsigned kSeed = 20'260'907;
inline constexpr int kWorlds = 60;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int From(int least, int most) { return std::uniform_int_distribution<int>(least, most)(engine_); }
  bool OneIn(int n) { return From(1, n) == 1; }

 private:
  std::mt19937 engine_;
};

inline CalendarEntry Days(CalendarKind kind, Day from, Day to) {
  return education::fixture::Entry(kind, "Some name", from.date(), to.date());
}

// Two school years of three terms each, with holidays, INSET days and closures at random.
inline std::vector<CalendarEntry> RandomEntries(Dice& dice) {
  std::vector<CalendarEntry> entries;
  for (const std::chrono::year year : {2025y, 2026y}) {
    const auto near = [&](Day day) { return day + dice.From(-3, 3); };
    const Day autumn = near(Day(year / 9 / 5));
    const Day spring = near(Day((year + std::chrono::years(1)) / 1 / 6));
    const Day summer = near(Day((year + std::chrono::years(1)) / 4 / 14));
    entries.push_back(Days(CalendarKind::kTerm, autumn, near(Day(year / 12 / 18))));
    entries.push_back(Days(CalendarKind::kTerm, spring, spring + dice.From(75, 85)));
    entries.push_back(Days(CalendarKind::kTerm, summer, summer + dice.From(90, 98)));
    for (const Day half_term : {autumn + 52, spring + 40, summer + 48}) {
      entries.push_back(Days(CalendarKind::kHoliday, half_term.Monday(), half_term.Monday() + 4));
    }
    for (int i = dice.From(0, 12); i > 0; --i) {
      const Day day = autumn + dice.From(0, 300);
      const CalendarKind kind = dice.OneIn(2) ? CalendarKind::kInset : CalendarKind::kClosure;
      entries.push_back(Days(kind, day, day + dice.From(0, 2)));
    }
  }
  return entries;
}

}  // namespace pathways::exclusions::fixture
