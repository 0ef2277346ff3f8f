#include "libs/education/clock.h"

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libs/education/text.h"

namespace pathways::education {
namespace {

using internal::ReadDigits;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kFractionDigits = 6;

absl::Status NotAnInstant() {
  return absl::InvalidArgumentError(
      "a moment must be written like 2026-10-06T08:45:00Z or 2026-10-06T09:45:00+01:00");
}

// Two numbers of two digits with a colon between.
struct HourMinute {
  int hour;
  int minute;
};
std::optional<HourMinute> ReadHourMinute(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = ReadDigits(text.substr(0, 2));
  const auto minute = ReadDigits(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return HourMinute{*hour, *minute};
}

// "Z" or "+01:00": what must be taken off to get UTC.
std::optional<minutes> ReadOffset(std::string_view text) {
  if (text == "Z" || text == "z") return minutes(0);
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto offset = ReadHourMinute(text.substr(1));
  if (!offset) return std::nullopt;
  const minutes size = hours(offset->hour) + minutes(offset->minute);
  return text[0] == '+' ? size : -size;
}

// The digits after a full stop, taken off the front of `text`; zero when there is none.
std::optional<microseconds> TakeFraction(std::string_view& text) {
  if (text.empty() || text[0] != '.') return microseconds(0);
  std::size_t end = text.find_first_not_of("0123456789", 1);
  if (end == text.npos) end = text.size();
  if (end == 1) return std::nullopt;
  std::string digits(text.substr(1, end - 1));
  digits.resize(kFractionDigits, '0');
  text.remove_prefix(end);
  return microseconds(*ReadDigits(digits));
}

std::string FractionText(microseconds fraction) {
  if (fraction == microseconds(0)) return "";
  std::string digits = absl::StrCat(1'000'000 + fraction.count());
  digits[0] = '.';
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits;
}

// 01:00 UTC on the last Sunday of that month.
Instant ClockChange(std::chrono::year year, std::chrono::month month) {
  const std::chrono::sys_days last_sunday = year / month / std::chrono::Sunday[std::chrono::last];
  return last_sunday + hours(1);
}

}  // namespace

absl::StatusOr<Instant> ParseInstant(std::string_view text) {
  constexpr std::size_t kToSeconds = 19;  // 2026-10-06T08:45:00
  if (text.size() <= kToSeconds || (text[10] != 'T' && text[10] != 't') || text[16] != ':') {
    return NotAnInstant();
  }
  const auto day = Day::ParseIso(text.substr(0, 10));
  if (!day.ok()) return day.status();
  const auto time = ReadHourMinute(text.substr(11, 5));
  const auto second = ReadDigits(text.substr(17, 2));
  text.remove_prefix(kToSeconds);
  const auto fraction = TakeFraction(text);
  const auto offset = ReadOffset(text);
  if (!time || !second || *second > 59 || !fraction || !offset) return NotAnInstant();
  return day->days() + hours(time->hour) + minutes(time->minute) + seconds(*second) + *fraction -
         *offset;
}

std::string InstantToString(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - day);
  return absl::StrCat(Day(day).ToIso(), "T", absl::Dec(time.hours().count(), absl::kZeroPad2), ":",
                      absl::Dec(time.minutes().count(), absl::kZeroPad2), ":",
                      absl::Dec(time.seconds().count(), absl::kZeroPad2),
                      FractionText(time.subseconds()), "Z");
}

hours LondonOffset(Instant instant) {
  const std::chrono::year year =
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(instant)).year();
  const bool summer = ClockChange(year, std::chrono::March) <= instant &&
                      instant < ClockChange(year, std::chrono::October);
  return hours(summer ? 1 : 0);
}

Day LondonDay(Instant instant) {
  return Day(std::chrono::floor<std::chrono::days>(instant + LondonOffset(instant)));
}

Instant StartOfLondonDay(Day day) {
  // Clocks change at 01:00 UTC, never at midnight: the offset just before midnight is the one at
  // midnight.
  const Instant midnight_utc = day.days();
  return midnight_utc - LondonOffset(midnight_utc - hours(1));
}

Instant SystemClock::Now() const {
  return std::chrono::floor<microseconds>(std::chrono::system_clock::now());
}

FixedClock::FixedClock(Day day) : now_(StartOfLondonDay(day) + hours(12)) {}

}  // namespace pathways::education
