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

}  // namespace pathways::registry
