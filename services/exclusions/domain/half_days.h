// Lengths and sums of exclusions: half school days, so that 5.5 days is the whole number 11.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace pathways::exclusions {

class HalfDays {
 public:
  constexpr HalfDays() = default;

  // For what is known to be right: HalfDays::Of(11), HalfDays::Days(45). What comes from outside
  // goes through FromInt.
  static constexpr HalfDays Of(int half_days) { return HalfDays(half_days); }
  static constexpr HalfDays Days(int days) { return HalfDays(2 * days); }
  // INVALID_ARGUMENT below 0 and over 2,000 (five school years: a typing error).
  static absl::StatusOr<HalfDays> FromInt(std::int64_t half_days);

  constexpr int count() const { return count_; }
  constexpr bool is_zero() const { return count_ == 0; }
  std::string ToDays() const;   // 5.5, 6
  std::string ToWords() const;  // "half a day", "1 day", "5.5 days"

  friend constexpr auto operator<=>(const HalfDays&, const HalfDays&) = default;
  friend constexpr HalfDays operator+(HalfDays a, HalfDays b) {
    return HalfDays(a.count_ + b.count_);
  }
  friend constexpr HalfDays operator-(HalfDays a, HalfDays b) {
    return HalfDays(a.count_ - b.count_);
  }
  constexpr HalfDays& operator+=(HalfDays other) {
    count_ += other.count_;
    return *this;
  }

 private:
  explicit constexpr HalfDays(int count) : count_(count) {}
  int count_ = 0;
};

}  // namespace pathways::exclusions
