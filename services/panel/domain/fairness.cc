#include "services/panel/domain/fairness.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace pathways::panel {
namespace {

using education::Day;
using education::Urn;

constexpr int kWeek = 7;

CaseTimes TimesOfGroup(std::span<const CaseCourse> cases, Day today, CaseTimes group) {
  std::vector<int> to_decision, to_start;
  for (const CaseCourse& one : cases) {
    if (group.phase && one.phase != group.phase) continue;
    if (group.kind && one.kind != group.kind) continue;
    if (!one.decided) {
      if (one.over) continue;
      ++group.waiting_for_decision;
      group.longest_wait = std::max(group.longest_wait, today - one.referred);
      continue;
    }
    to_decision.push_back(*one.decided - one.referred);
    if (one.started) to_start.push_back(*one.started - *one.decided);
    group.waiting_for_start += !one.started && !one.over;
  }
  group.to_decision = DurationsOf(std::move(to_decision));
  group.to_start = DurationsOf(std::move(to_start));
  return group;
}

}  // namespace

std::vector<SchoolShare> SharesOf(const std::vector<SchoolOption>& schools,
                                  const std::map<Urn, int>& taken_in) {
  std::vector<SchoolShare> shares;
  std::map<std::optional<Phase>, int> headcount, taken;
  for (const SchoolOption& school : schools) {
    const auto found = taken_in.find(school.urn);
    const int pupils_taken = found == taken_in.end() ? 0 : found->second;
    if (!school.open && pupils_taken == 0) continue;
    headcount[school.phase] += school.pupils;
    taken[school.phase] += pupils_taken;
    shares.push_back({.urn = school.urn,
                      .phase = school.phase,
                      .name = school.name,
                      .headcount = school.pupils,
                      .taken_in = pupils_taken});
  }
  for (SchoolShare& share : shares) {
    const int all = headcount[share.phase];
    if (all > 0) share.fair_share = double(taken[share.phase]) * share.headcount / all;
  }
  std::ranges::sort(shares, {}, [](const SchoolShare& share) {
    // Schools whose phase is not known come last.
    return std::tuple(!share.phase, share.phase.value_or(Phase::kPrimary),
                      share.fair_share - share.taken_in, share.name, share.urn);
  });
  return shares;
}

Durations DurationsOf(std::vector<int> days) {
  if (days.empty()) return {};
  std::ranges::sort(days);
  const std::size_t half = days.size() / 2;
  const double median = days.size() % 2 == 1 ? days[half] : (days[half - 1] + days[half]) / 2.0;
  return {static_cast<int>(days.size()), median, days.front(), days.back()};
}

std::vector<CaseTimes> TimesOf(std::span<const CaseCourse> cases, Day today) {
  std::set<Phase> phases;
  std::set<DecisionKind> kinds;
  for (const CaseCourse& one : cases) {
    if (one.phase) phases.insert(*one.phase);
    if (one.kind) kinds.insert(*one.kind);
  }
  std::vector<CaseTimes> times = {TimesOfGroup(cases, today, {})};
  for (const Phase phase : phases) times.push_back(TimesOfGroup(cases, today, {.phase = phase}));
  for (const DecisionKind kind : kinds) times.push_back(TimesOfGroup(cases, today, {.kind = kind}));
  return times;
}

bool WeeksAreOver(Day day, int weeks, Day today) { return day + kWeek * weeks <= today; }

}  // namespace pathways::panel
