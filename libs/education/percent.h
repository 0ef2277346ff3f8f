// Rates as exact fractions; rounding only when shown, halves away from zero, in whole numbers.
// Source: the department's guide to producing statistics (round half up; `z` for not applicable).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pathways::education {

// What stands where a percent of nothing would: never 0, never 100.
inline constexpr std::string_view kNotApplicable = "z";

// numerator of denominator. The denominator is not negative; |numerator| at most 10^11, denominator
// at most 4 * 10^18.
struct Percent {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;

  bool is_applicable() const { return denominator > 0; }
  std::string ToOneDecimal() const;    // 10.0, for people
  std::string ToTwoDecimals() const;   // 10.00, rates of exclusion, as published
  std::string ToFiveDecimals() const;  // 10.00000, for exports
};

}  // namespace pathways::education
