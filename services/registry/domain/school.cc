#include "services/registry/domain/school.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

namespace pathways::registry {

std::string_view SchoolStatus(std::string_view published) {
  const std::string lower = absl::AsciiStrToLower({published.data(), published.size()});
  return lower.empty() || lower.starts_with("open") ? "open" : "closed";
}

bool ParseHeadcount(std::string_view text, std::optional<std::int32_t>* headcount) {
  constexpr std::array<std::string_view, 9> kSymbols = {"",  "z", "x", "c", "low",
                                                        "k", "u", ":", "~"};
  headcount->reset();
  for (const std::string_view symbol : kSymbols) {
    if (text == symbol) return true;
  }
  std::int32_t count = 0;
  if (!absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &count) || count < 0)
    return false;
  *headcount = count;
  return true;
}

bool ParseGrid(std::string_view easting, std::string_view northing,
               std::optional<GridReference>* grid) {
  // Great Britain lies within 700 by 1,300 km.
  constexpr std::int32_t kMostEast = 700'000;
  constexpr std::int32_t kMostNorth = 1'300'000;
  grid->reset();
  const auto read = [](std::string_view text, std::int32_t most, std::int32_t* metres) {
    if (text.empty()) return true;
    return absl::SimpleAtoi(absl::string_view(text.data(), text.size()), metres) && *metres >= 0 &&
           *metres <= most;
  };
  GridReference found;
  if (!read(easting, kMostEast, &found.easting) || !read(northing, kMostNorth, &found.northing)) {
    return false;
  }
  if ((found.easting == 0) != (found.northing == 0)) return false;
  if (found.easting != 0) *grid = found;
  return true;
}

}  // namespace pathways::registry
