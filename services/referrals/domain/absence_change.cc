#include "services/referrals/domain/absence_change.h"

#include <map>
#include <utility>

namespace pathways::referrals {

std::vector<std::vector<AbsenceChange>> InRounds(std::span<const AbsenceChange> changes) {
  std::vector<std::vector<AbsenceChange>> rounds;
  std::map<std::pair<education::EnrolmentId, std::string>, std::size_t> next;
  for (const AbsenceChange& change : changes) {
    const std::size_t round = next[{change.enrolment, change.kind}]++;
    if (round == rounds.size()) rounds.emplace_back();
    rounds[round].push_back(change);
  }
  return rounds;
}

}  // namespace pathways::referrals
