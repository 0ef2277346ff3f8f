// A session: half a school day.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathways::education {

enum class Session : std::uint8_t { kMorning = 0, kAfternoon = 1 };

// AM or PM, in either case, surrounding spaces allowed.
absl::StatusOr<Session> ParseSession(std::string_view text);
std::string_view ToString(Session session);  // AM, PM

}  // namespace pathways::education
