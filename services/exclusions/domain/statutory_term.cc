#include "services/exclusions/domain/statutory_term.h"

#include <chrono>

namespace pathways::exclusions {
namespace {

using education::Day;
using std::chrono::month;
using std::chrono::year;

Day On(int y, unsigned m, unsigned d) { return Day(year(y) / month(m) / std::chrono::day(d)); }

}  // namespace

Day EasterMonday(int y) {
  const int a = y % 19, b = y / 100, c = y % 100;
  const int d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;  // Sunday: month n / 31, day n % 31 + 1
  return On(y, static_cast<unsigned>(n / 31), static_cast<unsigned>(n % 31 + 1)) + 1;
}

DaySpan StatutoryTermOf(Day day) {
  const int y = static_cast<int>(day.date().year());
  if (day > On(y, 7, 31)) return {On(y, 8, 1), On(y, 12, 31)};
  const Day easter_monday = EasterMonday(y);
  if (day > easter_monday) return {easter_monday + 1, On(y, 7, 31)};
  return {On(y, 1, 1), easter_monday};
}

DaySpan SchoolYearOf(Day day) {
  const int y = static_cast<int>(day.date().year());
  const int start = day > On(y, 7, 31) ? y : y - 1;
  return {On(start, 8, 1), On(start + 1, 7, 31)};
}

}  // namespace pathways::exclusions
