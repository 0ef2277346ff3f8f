#include "services/exclusions/domain/risk_year.h"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using education::Day;

// Where in the days help would first have been proposed.
struct First {
  std::size_t place;
  const Stay* stay;
  bool primary;
};

void Count(bool before, bool after, RehearsalCounts* counts) {
  counts->before += before ? 1 : 0;
  counts->after += after ? 1 : 0;
  counts->added += after && !before ? 1 : 0;
  counts->removed += before && !after ? 1 : 0;
}

const std::string& ValueOf(Grouping grouping, const RecordedFrom& recorded) {
  switch (grouping) {
    case Grouping::kSex:
      return recorded.sex;
    case Grouping::kEthnicGroup:
      return recorded.ethnic_group;
    case Grouping::kSenProvision:
      return recorded.sen_provision;
    case Grouping::kDisadvantaged:
      break;
  }
  return recorded.disadvantaged;
}

}  // namespace

std::vector<Day> RehearsalDays(AcademicYear year, Day today) {
  std::vector<Day> days;
  auto month = year.first().date().year() / std::chrono::September;
  const auto end = year.last().date().year() / std::chrono::July;
  for (; month <= end; month += std::chrono::months(1)) {
    const Day last(std::chrono::sys_days(month / std::chrono::last));
    if (last <= today) days.push_back(last);
  }
  return days;
}

YearRehearsal::YearRehearsal(const std::vector<Day>& days, education::LaCode la_code,
                             const RiskWeights& before, const RiskWeights& after)
    : days_(days), la_code_(la_code), before_(before), after_(after), months_(days.size()) {}

void YearRehearsal::Add(const RiskHistory& history) {
  std::optional<First> was, is;
  bool looked = false;
  for (std::size_t place = 0; place < days_.size() && !(was && is); ++place) {
    const Day day = days_[place];
    const Stay* stay = StayOn(history, day);
    if (stay == nullptr || stay->la_code != la_code_ || !CanBeProposed(history, day)) continue;
    looked = true;
    const RiskFacts facts = FactsOn(history, day);
    const First first{place, stay, facts.primary};
    if (!was && ScoreOf(facts, before_).proposes) was = first;
    if (!is && ScoreOf(facts, after_).proposes) is = first;
  }
  pupils_ += looked ? 1 : 0;
  if (!was && !is) return;
  if (was) ++months_[was->place].first;
  if (is) ++months_[is->place].second;
  const First& where = is ? *is : *was;
  Count(was.has_value(), is.has_value(), &total_);
  if (where.primary) Count(was.has_value(), is.has_value(), &primary_);
  auto [school, added] = schools_.try_emplace(
      where.stay->urn, RehearsedSchool{where.stay->urn, where.stay->phase, {}});
  Count(was.has_value(), is.has_value(), &school->second.counts);
}

std::vector<RehearsedSchool> YearRehearsal::Schools() const {
  std::vector<RehearsedSchool> schools;
  for (const auto& [urn, school] : schools_) schools.push_back(school);
  std::ranges::stable_sort(schools, std::greater<>(),
                           [](const RehearsedSchool& school) { return school.counts.after; });
  return schools;
}

std::int64_t FairnessCounts::pupils() const {
  return std::accumulate(cells[0].begin(), cells[0].end(), std::int64_t{0}) + proposed();
}
std::int64_t FairnessCounts::proposed() const {
  return std::accumulate(cells[1].begin(), cells[1].end(), std::int64_t{0});
}
std::int64_t FairnessCounts::excluded_later() const {
  return cells[0][1] + cells[0][2] + proposed_and_excluded();
}
std::int64_t FairnessCounts::permanently_excluded_later() const {
  return cells[0][2] + cells[1][2];
}
std::int64_t FairnessCounts::proposed_and_excluded() const { return cells[1][1] + cells[1][2]; }

void FairnessAudit::Add(const RiskHistory& history) {
  const Stay* stay = StayOn(history, on_);
  if (stay == nullptr || stay->la_code != la_code_ || !CanBeProposed(history, on_)) return;
  const bool proposed = ScoreOf(FactsOn(history, on_), weights_).proposes;
  const auto outcome = static_cast<std::size_t>(OutcomeBetween(history, on_, until_));
  static const RecordedFrom kNothing;
  const RecordedFrom* recorded = RecordedOn(history, on_);
  for (const Grouping grouping : kGroupings) {
    const std::string& value = ValueOf(grouping, recorded == nullptr ? kNothing : *recorded);
    ++groups_[static_cast<std::size_t>(grouping)][value].cells[proposed ? 1 : 0][outcome];
  }
}

}  // namespace pathways::exclusions
