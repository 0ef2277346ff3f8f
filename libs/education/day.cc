#include "libs/education/day.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libs/education/text.h"

namespace pathways::education {
namespace {

using internal::ReadDigits;

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
constexpr std::array<const char*, 7> kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday"};

bool HasLength(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most;
}

}  // namespace

absl::StatusOr<Day> Day::FromYearMonthDay(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear) {
    return absl::InvalidArgumentError(absl::StrCat("the year must be between ", kFirstYear, " and ",
                                                   kLastYear, ": give all four digits"));
  }
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (month < 1 || month > 12 || day < 1 || !date.ok()) {
    return absl::InvalidArgumentError("there is no such day in the calendar");
  }
  return Day(date);
}

absl::StatusOr<Day> Day::ParseIso(std::string_view text) {
  if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
    const auto year = ReadDigits(text.substr(0, 4));
    const auto month = ReadDigits(text.substr(5, 2));
    const auto day = ReadDigits(text.substr(8, 2));
    if (year && month && day) return FromYearMonthDay(*year, *month, *day);
  }
  return absl::InvalidArgumentError("a date must be written year-month-day, such as 2026-10-06");
}

absl::StatusOr<Day> Day::ParseDayMonthYear(std::string_view text) {
  const std::size_t first = text.find_first_of("/-");
  const std::size_t second = first == text.npos ? text.npos : text.find(text[first], first + 1);
  if (second != text.npos) {
    const std::string_view day = text.substr(0, first);
    const std::string_view month = text.substr(first + 1, second - first - 1);
    const std::string_view year = text.substr(second + 1);
    const auto d = ReadDigits(day);
    const auto m = ReadDigits(month);
    const auto y = ReadDigits(year);
    const bool lengths = HasLength(day, 1, 2) && HasLength(month, 1, 2) && HasLength(year, 4, 4);
    if (d && m && y && lengths) return FromYearMonthDay(*y, *m, *d);
  }
  return absl::InvalidArgumentError("a date must be written day/month/year, such as 06/10/2026");
}

std::string Day::ToIso() const {
  const std::chrono::year_month_day ymd = date();
  return absl::StrCat(absl::Dec(static_cast<int>(ymd.year()), absl::kZeroPad4), "-",
                      absl::Dec(static_cast<unsigned>(ymd.month()), absl::kZeroPad2), "-",
                      absl::Dec(static_cast<unsigned>(ymd.day()), absl::kZeroPad2));
}

std::string Day::ToUk() const {
  const std::chrono::year_month_day ymd = date();
  return absl::StrCat(static_cast<unsigned>(ymd.day()), " ",
                      kMonths[static_cast<unsigned>(ymd.month()) - 1], " ",
                      static_cast<int>(ymd.year()));
}

std::string Day::WeekdayName() const { return kWeekdays[weekday().iso_encoding() - 1]; }

}  // namespace pathways::education
