#include "libs/education/academic_year.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libs/education/text.h"

namespace pathways::education {
namespace {

// The last two digits of the year it ends in.
int EndDigits(int start_year) { return (start_year + 1) % 100; }

}  // namespace

AcademicYear AcademicYear::Of(Day day) {
  const std::chrono::year_month_day date = day.date();
  const bool autumn = date.month() >= std::chrono::September;
  return AcademicYear(static_cast<int>(date.year()) - (autumn ? 0 : 1));
}

absl::StatusOr<AcademicYear> AcademicYear::FromStartYear(int start_year) {
  if (start_year < 1900 || start_year > 2198) {
    return absl::InvalidArgumentError("an academic year must start between 1900 and 2198");
  }
  return AcademicYear(start_year);
}

absl::StatusOr<AcademicYear> AcademicYear::Parse(std::string_view text) {
  std::string digits(internal::Trim(text));
  if (digits.size() == 7 && (digits[4] == '/' || digits[4] == '-')) digits.erase(4, 1);
  const auto number = internal::ReadDigits(digits);
  if (digits.size() != 6 || !number) {
    return absl::InvalidArgumentError("an academic year must be written 202627 or 2026/27");
  }
  if (*number % 100 != EndDigits(*number / 100)) {
    return absl::InvalidArgumentError(
        "an academic year ends in the year after it starts, such as 202627");
  }
  return FromStartYear(*number / 100);
}

std::string AcademicYear::ToString() const {
  return absl::StrCat(start_year_, "/", absl::Dec(EndDigits(start_year_), absl::kZeroPad2));
}

std::string AcademicYear::ToCode() const {
  return absl::StrCat(start_year_, absl::Dec(EndDigits(start_year_), absl::kZeroPad2));
}

}  // namespace pathways::education
