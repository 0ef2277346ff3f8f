// How this service's own values are columns.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "libs/education/absence_state.h"
#include "libs/education/academic_year.h"
#include "libs/education/session.h"
#include "libs/storage/codec.h"

namespace pathways::storage {

// integer, 202627
template <>
struct Codec<education::AcademicYear> {
  static std::string Encode(education::AcademicYear value) { return value.ToCode(); }
  static std::optional<education::AcademicYear> Decode(std::string_view text) {
    const auto year = education::AcademicYear::Parse(text);
    return year.ok() ? std::optional(*year) : std::nullopt;
  }
};

// text
template <>
struct Codec<education::CrossingKind> {
  static std::string Encode(education::CrossingKind value) {
    return std::string(education::ToString(value));
  }
  static std::optional<education::CrossingKind> Decode(std::string_view text) {
    const auto kind = education::ParseCrossingKind(text);
    return kind.ok() ? std::optional(*kind) : std::nullopt;
  }
};

}  // namespace pathways::storage
