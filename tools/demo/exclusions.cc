#include "tools/demo/exclusions.h"

#include <set>
#include <span>
#include <vector>

#include "tools/demo/exclusion_book.h"
#include "tools/demo/past_permanent.h"
#include "tools/demo/stories.h"
#include "tools/demo/suspensions.h"

namespace pathways::demo {
namespace {

const Stay* StayAt(std::span<const Stay> stays, const PastPermanent& permanent) {
  for (const Stay& stay : stays) {
    if (stay.number == permanent.child && stay.school == permanent.school) return &stay;
  }
  return nullptr;
}

void EnterPermanent(std::span<const PastPermanent> placed, std::span<const Stay> stays,
                    ExclusionBook& book) {
  constexpr int kSessions[] = {4, 6};
  for (const PastPermanent& permanent : placed) {
    const Stay* stay = StayAt(stays, permanent);
    if (stay == nullptr) continue;
    for (std::size_t at = 0; at < permanent.suspended_on.size(); ++at)
      book.Enter(*stay, {.start = permanent.suspended_on[at], .sessions = kSessions[at]});
    book.Enter(
        *stay,
        {.kind = ExclusionKind::kPermanent, .start = permanent.start, .fate = permanent.fate});
  }
}

}  // namespace

void AddExclusions(Borough& borough, const Settings& settings) {
  const std::vector<PastPermanent> placed = PlacePermanentlyExcluded(borough, settings.seed);
  const std::vector<Stay> stays = StaysIn(borough);
  ExclusionBook book(borough, settings.seed);
  std::set<std::uint64_t> taken;
  for (const PastPermanent& permanent : placed) taken.insert(permanent.child);
  EnterPermanent(placed, stays, book);
  EnterStories(borough, stays, taken, book);
  EnterSuspensions(borough, settings.seed, stays, taken, book);
  borough.exclusions = book.AsOf(settings.until);
}

}  // namespace pathways::demo
