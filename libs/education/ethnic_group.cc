#include "libs/education/ethnic_group.h"

#include <algorithm>

namespace pathways::education {
namespace {

constexpr std::array<std::string_view, kEthnicGroups.size()> kNames = {"asian", "black", "mixed",
                                                                       "white", "other"};
constexpr std::size_t kCodeLength = 4;

}  // namespace

std::string_view ToString(EthnicGroup group) { return kNames[static_cast<std::size_t>(group)]; }

std::optional<EthnicGroup> EthnicGroupFromName(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return kEthnicGroups[static_cast<std::size_t>(found - kNames.begin())];
}

std::optional<EthnicGroup> EthnicGroupOf(std::string_view code) {
  if (code.size() != kCodeLength) return std::nullopt;
  switch (code.front()) {
    case 'A':
    case 'C':
      return EthnicGroup::kAsian;
    case 'B':
      return EthnicGroup::kBlack;
    case 'M':
      return EthnicGroup::kMixed;
    case 'W':
      return EthnicGroup::kWhite;
    case 'O':
      return EthnicGroup::kOther;
    default:
      return std::nullopt;
  }
}

}  // namespace pathways::education
