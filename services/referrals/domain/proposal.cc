#include "services/referrals/domain/proposal.h"

#include <algorithm>

namespace pathways::referrals {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"open", "taken_up", "dismissed", "withdrawn",
                                                    "recovered"};

}  // namespace

std::string_view ProposalStateName(ProposalState state) {
  return kNames[static_cast<std::size_t>(state)];
}

std::optional<ProposalState> ProposalStateFromName(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<ProposalState>(found - kNames.begin());
}

}  // namespace pathways::referrals
