// The academic year: 1 September to 31 August. Written 2026/27; in files and national statistics
// 202627.
#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "libs/education/day.h"

namespace pathways::education {

class AcademicYear {
 public:
  static AcademicYear Of(Day day);
  // 202627, 2026/27 or 2026-27; the second year must follow the first.
  static absl::StatusOr<AcademicYear> Parse(std::string_view text);
  // The year it starts in: 2026 for 2026/27.
  static absl::StatusOr<AcademicYear> FromStartYear(int start_year);

  int start_year() const { return start_year_; }
  Day first() const { return Day(std::chrono::year(start_year_) / 9 / 1); }
  Day last() const { return Day(std::chrono::year(start_year_ + 1) / 8 / 31); }
  bool Contains(Day day) const { return first() <= day && day <= last(); }
  AcademicYear Next() const { return AcademicYear(start_year_ + 1); }
  AcademicYear Previous() const { return AcademicYear(start_year_ - 1); }

  std::string ToString() const;  // 2026/27
  std::string ToCode() const;    // 202627

  friend auto operator<=>(const AcademicYear&, const AcademicYear&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const AcademicYear& year) {
    return H::combine(std::move(state), year.start_year_);
  }

 private:
  explicit AcademicYear(int start_year) : start_year_(start_year) {}
  int start_year_;
};

}  // namespace pathways::education
