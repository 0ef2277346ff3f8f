// Academic years as numbers: 202627 for 2026/27, as events, tables and files carry them.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "libs/education/academic_year.h"

namespace pathways::education {

inline std::int32_t YearCode(AcademicYear year) {
  return year.start_year() * 100 + (year.start_year() + 1) % 100;
}

// INVALID_ARGUMENT unless the second year follows the first.
inline absl::StatusOr<AcademicYear> YearFromCode(std::int32_t code) {
  return AcademicYear::Parse(std::to_string(code));
}

}  // namespace pathways::education
