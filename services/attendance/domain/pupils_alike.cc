#include "services/attendance/domain/pupils_alike.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace pathways::attendance {
namespace {

using education::SessionSums;

constexpr std::array<int, 5> kLevelsInPercent = {5, 10, 20, 35, 50};

double Absence(const SessionSums& sums) {
  return static_cast<double>(sums.absent()) / static_cast<double>(sums.possible);
}

bool SameGroup(const MatchedPupil& one, const MatchedPupil& other) {
  return one.characteristics.year_group == other.characteristics.year_group &&
         one.characteristics.sen_provision == other.characteristics.sen_provision;
}

}  // namespace

std::optional<int> AbsenceLevel(const SessionSums& before) {
  if (before.possible < kFewestSessions) return std::nullopt;
  const auto above = std::ranges::find_if(kLevelsInPercent, [&](int percent) {
    return before.absent() * 100 < percent * before.possible;
  });
  return static_cast<int>(above - kLevelsInPercent.begin());
}

Alike FindAlike(const MatchedPupil& pupil, std::span<const MatchedPupil> pool) {
  const auto level = AbsenceLevel(pupil.before);
  if (!level || !pupil.characteristics.year_group || !pupil.characteristics.sen_provision) {
    return {};
  }
  std::vector<std::pair<double, education::PupilId>> found;
  for (const MatchedPupil& other : pool) {
    if (other.pupil == pupil.pupil || !SameGroup(pupil, other)) continue;
    if (AbsenceLevel(other.before) != level) continue;
    found.emplace_back(std::abs(Absence(other.before) - Absence(pupil.before)), other.pupil);
  }
  Alike alike{.nearest = {}, .found = static_cast<int>(found.size())};
  const std::size_t taken = std::min(found.size(), kNearest);
  std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(taken));
  for (std::size_t i = 0; i < taken; ++i) alike.nearest.push_back(found[i].second);
  return alike;
}

}  // namespace pathways::attendance
