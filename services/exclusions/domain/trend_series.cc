#include "services/exclusions/domain/trend_series.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using education::Day;

struct Period {
  AcademicYear year;
  SchoolTerm term;

  friend auto operator<=>(const Period&, const Period&) = default;
};

Day FirstDayOf(const Period& period) {
  if (period.term == SchoolTerm::kSpring) return LastDayOf(period.year, SchoolTerm::kAutumn) + 1;
  if (period.term == SchoolTerm::kSummer) return LastDayOf(period.year, SchoolTerm::kSpring) + 1;
  return period.year.first();
}

std::vector<Period> PeriodsOf(const TrendSpan& span, Day today) {
  std::vector<Period> periods;
  for (AcademicYear year = span.first; year <= span.last; year = year.Next()) {
    if (!span.by_term) {
      periods.push_back({year, SchoolTerm::kWholeYear});
      continue;
    }
    for (const SchoolTerm term : kSchoolTerms) periods.push_back({year, term});
  }
  std::erase_if(periods, [&](const Period& period) { return FirstDayOf(period) > today; });
  return periods;
}

// Values of one breakdown in the order people expect.
struct InOrder {
  Breakdown breakdown;
  bool operator()(const std::string& a, const std::string& b) const {
    return ValueBefore(breakdown, a, b);
  }
};

// One breakdown's figures by value.
class Group {
 public:
  explicit Group(Breakdown breakdown) : values_(InOrder{breakdown}) {}

  void Add(const TrendFigures::Counted& counted) {
    if (counted.counts.is_zero()) return;
    values_[counted.value].counts[{counted.year, counted.term}] += counted.counts;
  }
  void Add(const TrendFigures::Headcount& headcount) {
    values_[headcount.value].headcounts[headcount.year] += headcount.pupils;
  }

  struct Value {
    std::map<Period, TrendCounts> counts;
    std::map<AcademicYear, std::int64_t> headcounts;
  };
  using Values = std::map<std::string, Value, InOrder>;
  const Values& values() const { return values_; }

 private:
  Values values_;
};

template <typename Map, typename Key>
typename Map::mapped_type ValueOr0(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type() : found->second;
}

using Groups = std::map<Breakdown, Group>;

Groups GroupsOf(const TrendFigures& figures) {
  Groups groups;
  for (const Breakdown breakdown : kBreakdowns) groups.emplace(breakdown, Group(breakdown));
  for (const auto& counted : figures.counted) groups.at(counted.breakdown).Add(counted);
  for (const auto& headcount : figures.headcounts) groups.at(headcount.breakdown).Add(headcount);
  return groups;
}

using HeadcountByYear = std::map<AcademicYear, std::int64_t>;

std::vector<TrendPoint> PointsOf(const Group::Value& value, const HeadcountByYear& headcounts,
                                 const std::vector<Period>& periods, Day today) {
  std::vector<TrendPoint> points;
  for (const Period& period : periods) {
    points.push_back({.year = period.year,
                      .term = period.term,
                      .counts = ValueOr0(value.counts, period),
                      .headcount = ValueOr0(headcounts, period.year),
                      .unfinished = LastDayOf(period.year, period.term) >= today});
  }
  return points;
}

// The numbers of several points that add up to one total, without what the caller knows.
class HiddenList {
 public:
  explicit HiddenList(std::vector<TrendPoint*> points, std::vector<const TrendPoint*> known)
      : points_(std::move(points)), known_(std::move(known)) {}

  void Hide() {
    Hide([](const TrendPoint& p) { return p.counts.suspensions; }, &TrendHidden::suspensions);
    Hide([](const TrendPoint& p) { return p.counts.pupils; }, &TrendHidden::pupils);
    Hide([](const TrendPoint& p) { return p.counts.permanent; }, &TrendHidden::permanent);
    Hide([](const TrendPoint& p) { return p.headcount; }, &TrendHidden::headcount);
  }

 private:
  void Hide(const std::function<std::int64_t(const TrendPoint&)>& number,
            bool TrendHidden::*hidden) {
    std::vector<std::vector<std::int64_t>> rows;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const std::int64_t known = known_[i] == nullptr ? 0 : number(*known_[i]);
      // A pupil suspended at two schools of the caller's is in both numbers they know.
      rows.push_back({std::max<std::int64_t>(number(*points_[i]) - known, 0)});
    }
    const auto table = CountTable::Make(std::move(rows));
    if (!table.ok()) return;  // no points
    const HiddenCells cells = Suppress(*table, kUsualSuppressionThreshold);
    for (std::size_t i = 0; i < points_.size(); ++i) points_[i]->hidden.*hidden = cells.at(i, 0);
  }

  std::vector<TrendPoint*> points_;
  std::vector<const TrendPoint*> known_;
};

const TrendPoint* FindPoint(const std::vector<TrendSeries>& series, const TrendSeries& like,
                            const TrendPoint& point) {
  for (const TrendSeries& one : series) {
    if (one.by != like.by || one.value != like.value) continue;
    for (const TrendPoint& p : one.points) {
      if (p.year == point.year && p.term == point.term) return &p;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<TrendSeries> MakeSeries(const TrendFigures& figures, const TrendSpan& span,
                                    const std::vector<Breakdown>& breakdowns, Day today) {
  const std::vector<Period> periods = PeriodsOf(span, today);
  const Groups groups = GroupsOf(figures);
  const auto& total = groups.at(Breakdown::kTotal).values();
  const auto all = total.find("");
  const HeadcountByYear everybody = all == total.end() ? HeadcountByYear() : all->second.headcounts;
  std::vector<TrendSeries> series;
  for (const Breakdown by : breakdowns) {
    if (by == Breakdown::kTotal) {
      const Group::Value value = all == total.end() ? Group::Value() : all->second;
      series.push_back({by, "", PointsOf(value, everybody, periods, today)});
      continue;
    }
    for (const auto& [name, value] : groups.at(by).values()) {
      const auto& headcounts = by == Breakdown::kReason ? everybody : value.headcounts;
      series.push_back({by, name, PointsOf(value, headcounts, periods, today)});
    }
  }
  return series;
}

void HideSmall(const std::vector<TrendSeries>& known, std::vector<TrendSeries>* series) {
  // Values of one breakdown in one year; of the undivided figures, the terms of one year.
  std::map<std::pair<Breakdown, AcademicYear>, std::vector<std::pair<TrendSeries*, TrendPoint*>>>
      lists;
  for (TrendSeries& one : *series) {
    for (TrendPoint& point : one.points) lists[{one.by, point.year}].push_back({&one, &point});
  }
  for (auto& [key, list] : lists) {
    std::vector<TrendPoint*> points;
    std::vector<const TrendPoint*> seen;
    for (const auto& [of, point] : list) {
      points.push_back(point);
      seen.push_back(FindPoint(known, *of, *point));
    }
    HiddenList(std::move(points), std::move(seen)).Hide();
  }
}

}  // namespace pathways::exclusions
