#include "libs/education/identifiers.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libs/education/text.h"

namespace pathways::education {
namespace {

constexpr std::int64_t kEstablishments = 10'000;  // establishment numbers to one LA number

absl::Status BadUrn() {
  return absl::InvalidArgumentError("a URN is six digits and does not begin with 0");
}
absl::Status BadLaCode() {
  return absl::InvalidArgumentError("a local authority number is three digits, such as 822");
}
absl::Status BadLaestab() {
  return absl::InvalidArgumentError(
      "a school number is the authority's three digits and the school's four, such as 822/4012");
}

}  // namespace

absl::StatusOr<Urn> Urn::FromInt(std::int64_t value) {
  if (value < 100'000 || value > 999'999) return BadUrn();
  return Urn(static_cast<std::int32_t>(value));
}

absl::StatusOr<Urn> Urn::Parse(std::string_view text) {
  text = internal::Trim(text);
  const auto value = internal::ReadDigits(text);
  if (text.size() != 6 || !value) return BadUrn();
  return FromInt(*value);
}

std::string Urn::ToString() const { return absl::StrCat(value_); }

absl::StatusOr<LaCode> LaCode::FromInt(std::int64_t value) {
  if (value < 0 || value > 999) return BadLaCode();
  return LaCode(static_cast<std::int32_t>(value));
}

absl::StatusOr<LaCode> LaCode::Parse(std::string_view text) {
  text = internal::Trim(text);
  const auto value = internal::ReadDigits(text);
  if (text.size() != 3 || !value) return BadLaCode();
  return FromInt(*value);
}

std::string LaCode::ToString() const { return absl::StrCat(absl::Dec(value_, absl::kZeroPad3)); }

absl::StatusOr<Laestab> Laestab::FromInt(std::int64_t value) {
  if (value < 0 || value >= 1000 * kEstablishments) return BadLaestab();
  return Laestab(static_cast<std::int32_t>(value));
}

absl::StatusOr<Laestab> Laestab::Parse(std::string_view text) {
  text = internal::Trim(text);
  std::string digits(text);
  if (digits.size() == 8 && (digits[3] == '/' || digits[3] == '-')) digits.erase(3, 1);
  const auto value = internal::ReadDigits(digits);
  if (digits.size() != 7 || !value) return BadLaestab();
  return FromInt(*value);
}

LaCode Laestab::la_code() const { return *LaCode::FromInt(value_ / kEstablishments); }

std::string Laestab::ToString() const { return absl::StrCat(absl::Dec(value_, absl::kZeroPad7)); }

std::string Laestab::ToSlashed() const {
  return absl::StrCat(la_code().ToString(), "/",
                      absl::Dec(establishment_number(), absl::kZeroPad4));
}

}  // namespace pathways::education
