// For tests: the terms of Bedford Borough in 2025/26 as published, and likely ones for 2026/27.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/school_calendar.h"

namespace pathways::education::fixture {

using namespace std::chrono_literals;

inline CalendarEntry Entry(CalendarKind kind, std::string name, std::chrono::year_month_day from,
                           std::chrono::year_month_day to, std::optional<Urn> urn = std::nullopt) {
  return {urn, AcademicYear::Of(Day(from)), kind, std::move(name), Day(from), Day(to)};
}

inline std::vector<CalendarEntry> Bedford202526() {
  using enum CalendarKind;
  return {
      Entry(kTerm, "Autumn term", 2025y / 9 / 2, 2025y / 12 / 19),
      Entry(kTerm, "Spring term", 2026y / 1 / 5, 2026y / 3 / 27),
      Entry(kTerm, "Summer term", 2026y / 4 / 14, 2026y / 7 / 17),
      Entry(kHoliday, "October half term", 2025y / 10 / 27, 2025y / 10 / 31),
      Entry(kHoliday, "February half term", 2026y / 2 / 16, 2026y / 2 / 20),
      Entry(kHoliday, "May half term", 2026y / 5 / 25, 2026y / 6 / 1),
      Entry(kBankHoliday, "Early May bank holiday", 2026y / 5 / 4, 2026y / 5 / 4),
      Entry(kBankHoliday, "Spring bank holiday", 2026y / 5 / 25, 2026y / 5 / 25),
  };
}

inline std::vector<CalendarEntry> Bedford202627() {
  using enum CalendarKind;
  return {
      Entry(kTerm, "Autumn term", 2026y / 9 / 2, 2026y / 12 / 18),
      Entry(kTerm, "Spring term", 2027y / 1 / 4, 2027y / 3 / 25),
      Entry(kTerm, "Summer term", 2027y / 4 / 12, 2027y / 7 / 20),
      Entry(kHoliday, "October half term", 2026y / 10 / 26, 2026y / 10 / 30),
      Entry(kHoliday, "February half term", 2027y / 2 / 15, 2027y / 2 / 19),
      Entry(kHoliday, "May half term", 2027y / 5 / 31, 2027y / 6 / 4),
      Entry(kBankHoliday, "Early May bank holiday", 2027y / 5 / 3, 2027y / 5 / 3),
      Entry(kBankHoliday, "Spring bank holiday", 2027y / 5 / 31, 2027y / 5 / 31),
  };
}

inline std::vector<CalendarEntry> BedfordBothYears() {
  std::vector<CalendarEntry> entries = Bedford202526();
  const std::vector<CalendarEntry> next = Bedford202627();
  entries.insert(entries.end(), next.begin(), next.end());
  return entries;
}

inline SchoolCalendar Calendar(const std::vector<CalendarEntry>& entries,
                               std::optional<Urn> school = std::nullopt) {
  return SchoolCalendar::Make(school, entries).value();
}

}  // namespace pathways::education::fixture
