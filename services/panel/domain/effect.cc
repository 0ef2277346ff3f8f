#include "services/panel/domain/effect.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pathways::panel {
namespace {

// 97.5 % points of Student's t for 1 to 30 degrees of freedom, as printed in every table of it.
constexpr std::array<double, 30> kStudent = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
// From 31, 40, 60 and 120 on. Between two entries the smaller freedom's holds: the range is rather
// too wide than too narrow.
constexpr std::array<std::pair<std::size_t, double>, 4> kStudentBeyond = {
    {{120, 1.980}, {60, 2.000}, {40, 2.021}, {31, 2.042}}};
constexpr double kNormal = 1.959964;

double Student(std::size_t freedom) {
  if (freedom <= kStudent.size()) return kStudent[freedom - 1];
  const auto row =
      std::ranges::find_if(kStudentBeyond, [&](const auto& one) { return freedom >= one.first; });
  return row->second;
}

double Mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

BeforeAfter MeanOf(std::span<const BeforeAfter> all) {
  BeforeAfter mean;
  for (const BeforeAfter& one : all) {
    mean.before += one.before / static_cast<double>(all.size());
    mean.after += one.after / static_cast<double>(all.size());
  }
  return mean;
}

Verdict VerdictOf(const std::optional<Range>& difference) {
  if (!difference) return Verdict::kTooFew;
  if (difference->low > 0) return Verdict::kRose;
  return difference->high < 0 ? Verdict::kFell : Verdict::kNoDifferenceInRange;
}

}  // namespace

std::optional<BeforeAfter> AttendanceOf(const Sessions& before, const Sessions& after) {
  if (before.possible < kFewestSessions || after.possible < kFewestSessions) return std::nullopt;
  const auto percent = [](const Sessions& sessions) {
    return 100 * static_cast<double>(sessions.attended) / static_cast<double>(sessions.possible);
  };
  return BeforeAfter{percent(before), percent(after)};
}

Effect Compare(std::span<const PupilChange> changes) {
  Effect effect{.pupils = static_cast<int>(changes.size())};
  std::vector<BeforeAfter> own, alike;
  std::vector<double> differences;
  for (const PupilChange& change : changes) {
    if (!change.own) {
      ++effect.without_marks;
    } else if (change.alike.size() < kFewestAlike) {
      ++effect.without_alike;
    } else {
      own.push_back(*change.own);
      alike.push_back(MeanOf(change.alike));
      differences.push_back(own.back().change() - alike.back().change());
    }
  }
  effect.compared = static_cast<int>(own.size());
  effect.own = MeanOf(own);
  effect.alike = MeanOf(alike);
  if (effect.compared >= kFewestCompared) effect.difference = MeanRange(differences);
  effect.verdict = VerdictOf(effect.difference);
  return effect;
}

Range MeanRange(std::span<const double> values) {
  const double mean = Mean(values);
  const auto count = static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double reach =
      Student(values.size() - 1) * std::sqrt(squares / (count - 1)) / std::sqrt(count);
  return {mean, mean - reach, mean + reach};
}

Range ShareRange(int part, int whole) {
  const double n = whole;
  const double share = part / n;
  const double z2 = kNormal * kNormal;
  const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double reach =
      kNormal * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {100 * share, std::max(0.0, 100 * (middle - reach)),
          std::min(100.0, 100 * (middle + reach))};
}

}  // namespace pathways::panel
