// Which exclusion the law means.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathways::exclusions {

enum class Kind : std::uint8_t {
  kSuspension,  // for a fixed period; whole or part of a day
  kLunchtime,   // a suspension for the lunch period; each day counts half a school day
  kPermanent,   // may no longer attend unless reinstated
};
inline constexpr std::array kKinds = {Kind::kSuspension, Kind::kLunchtime, Kind::kPermanent};

// SUSP, LNCH, PERM, in either case; FIXD, the name before 2019/20, is read as SUSP.
absl::StatusOr<Kind> ParseKind(std::string_view text);
std::string_view KindCode(Kind kind);  // SUSP, as stored and exported
std::string_view KindName(Kind kind);  // "suspension", "lunchtime suspension", ...

}  // namespace pathways::exclusions
