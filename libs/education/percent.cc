#include "libs/education/percent.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace pathways::education {
namespace {

// numerator * scale / denominator to the nearest whole number, halves up; nothing is negative.
std::int64_t RoundedQuotient(std::int64_t numerator, std::int64_t scale, std::int64_t denominator) {
  const std::int64_t scaled = numerator * scale;
  const std::int64_t rest = scaled % denominator;
  // Not rest * 2 >= denominator, which could overflow.
  return scaled / denominator + (rest >= denominator - rest ? 1 : 0);
}

// `unit` is 10 to the power of the decimals.
std::string Rounded(const Percent& percent, std::int64_t unit, absl::PadSpec decimals) {
  if (!percent.is_applicable()) return std::string(kNotApplicable);
  const std::int64_t value =
      RoundedQuotient(std::abs(percent.numerator), 100 * unit, percent.denominator);
  const char* sign = percent.numerator < 0 && value > 0 ? "-" : "";
  return absl::StrCat(sign, value / unit, ".", absl::Dec(value % unit, decimals));
}

}  // namespace

std::string Percent::ToOneDecimal() const { return Rounded(*this, 10, absl::kNoPad); }

std::string Percent::ToTwoDecimals() const { return Rounded(*this, 100, absl::kZeroPad2); }

std::string Percent::ToFiveDecimals() const { return Rounded(*this, 100'000, absl::kZeroPad5); }

}  // namespace pathways::education
