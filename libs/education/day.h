// A calendar day without a time, and the ways people and files write it.
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace pathways::education {

class Day {
 public:
  // For days known to exist: Day(2026y / 9 / 1), Day(sys_days). What comes from outside goes
  // through a Parse.
  constexpr explicit Day(std::chrono::sys_days days) : days_(days) {}
  constexpr explicit Day(std::chrono::year_month_day date) : days_(date) {}

  // INVALID_ARGUMENT unless the day exists and its year is 1900 to 2199 (beyond that it is a typing
  // error).
  static absl::StatusOr<Day> FromYearMonthDay(int year, int month, int day);
  // yyyy-mm-dd, exactly.
  static absl::StatusOr<Day> ParseIso(std::string_view text);
  // dd/mm/yyyy; leading zeros may be missing; dd-mm-yyyy, as in the national register of schools,
  // is the same.
  static absl::StatusOr<Day> ParseDayMonthYear(std::string_view text);
  // Days since 1 January 1970, as stored.
  static constexpr Day FromEpochDays(std::int32_t days) {
    return Day(std::chrono::sys_days(std::chrono::days(days)));
  }

  constexpr std::chrono::sys_days days() const { return days_; }
  constexpr std::int32_t epoch_days() const {
    return static_cast<std::int32_t>(days_.time_since_epoch().count());
  }
  constexpr std::chrono::year_month_day date() const { return days_; }
  constexpr std::chrono::weekday weekday() const { return std::chrono::weekday(days_); }
  constexpr bool is_weekend() const { return weekday().iso_encoding() >= 6; }
  // The Monday of this day's week (Monday to Sunday).
  constexpr Day Monday() const { return *this - static_cast<int>(weekday().iso_encoding() - 1); }

  std::string ToIso() const;        // 2026-10-06
  std::string ToUk() const;         // 6 October 2026
  std::string WeekdayName() const;  // Tuesday

  friend constexpr auto operator<=>(const Day&, const Day&) = default;
  friend constexpr Day operator+(Day day, int days) {
    return Day(day.days_ + std::chrono::days(days));
  }
  friend constexpr Day operator-(Day day, int days) { return day + -days; }
  // Days from b to a.
  friend constexpr int operator-(Day a, Day b) {
    return static_cast<int>((a.days_ - b.days_).count());
  }
  constexpr Day& operator++() {
    days_ += std::chrono::days(1);
    return *this;
  }

  template <typename H>
  friend H AbslHashValue(H state, const Day& day) {
    return H::combine(std::move(state), day.epoch_days());
  }

 private:
  std::chrono::sys_days days_;
};

}  // namespace pathways::education

template <>
struct std::hash<pathways::education::Day> {
  std::size_t operator()(const pathways::education::Day& day) const noexcept {
    return std::hash<std::int32_t>()(day.epoch_days());
  }
};
