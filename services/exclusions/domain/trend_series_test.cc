#include "services/exclusions/domain/trend_series.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::AcademicYear;
using education::Day;

const AcademicYear kYear = *AcademicYear::FromStartYear(2025);
const Day kToday(2026y / 11 / 24);

TrendFigures::Counted Counted(Breakdown by, const std::string& value, std::int64_t suspensions,
                              SchoolTerm term = SchoolTerm::kWholeYear, AcademicYear year = kYear) {
  return {by, year, term, value, {suspensions, 3 * suspensions, suspensions, 0}};
}

// Suspensions by year group with their sum, of the year before this one.
TrendFigures ByYearGroup(const std::vector<std::int64_t>& suspensions) {
  TrendFigures figures;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < suspensions.size(); ++i) {
    figures.counted.push_back(
        Counted(Breakdown::kYearGroup, std::to_string(7 + i), suspensions[i]));
    figures.headcounts.push_back({Breakdown::kYearGroup, kYear, std::to_string(7 + i), 200});
    sum += suspensions[i];
  }
  figures.counted.push_back(Counted(Breakdown::kTotal, "", sum));
  figures.headcounts.push_back({Breakdown::kTotal, kYear, "", 1000});
  return figures;
}

const TrendSpan kOneYear{kYear, kYear, false};

std::vector<bool> Hidden(const std::vector<TrendSeries>& series) {
  std::vector<bool> hidden;
  for (const TrendSeries& one : series) hidden.push_back(one.points.at(0).hidden.suspensions);
  return hidden;
}

TEST(TrendSeries, HasEveryYearWithNoughts) {
  const TrendSpan span{*AcademicYear::FromStartYear(2022), *AcademicYear::FromStartYear(2026),
                       false};
  const auto series =
      MakeSeries({.counted = {Counted(Breakdown::kTotal, "", 11)}, .headcounts = {}}, span,
                 {Breakdown::kTotal}, kToday);
  ASSERT_EQ(series.size(), 1U);
  ASSERT_EQ(series[0].points.size(), 5U);
  EXPECT_EQ(series[0].points[0].counts.suspensions, 0);
  EXPECT_EQ(series[0].points[3].counts.suspensions, 11);
  EXPECT_FALSE(series[0].points[3].unfinished);
  EXPECT_TRUE(series[0].points[4].unfinished);
}

TEST(TrendSeries, LeavesOutTermsThatHaveNotBegun) {
  const AcademicYear now = AcademicYear::Of(kToday);
  const auto series = MakeSeries({}, {now.Previous(), now, true}, {Breakdown::kTotal}, kToday);
  ASSERT_EQ(series[0].points.size(), 4U);
  EXPECT_EQ(series[0].points[3].term, SchoolTerm::kAutumn);
  EXPECT_EQ(series[0].points[3].year, now);
}

TEST(TrendSeries, RatesAreAsTheNationalStatisticsComputeThem) {
  TrendFigures figures{.counted = {Counted(Breakdown::kTotal, "", 346'279)},
                       .headcounts = {{Breakdown::kTotal, kYear, "", 8'384'479}}};
  const auto series = MakeSeries(figures, kOneYear, {Breakdown::kTotal}, kToday);
  EXPECT_EQ(series[0].points[0].suspension_rate().ToTwoDecimals(), "4.13");
}

TEST(TrendSeries, AreInOrderAndShowGroupsWithoutAnExclusion) {
  TrendFigures figures = ByYearGroup({12, 9, 14, 8});
  figures.headcounts.push_back({Breakdown::kYearGroup, kYear, "R", 30});
  const auto series = MakeSeries(figures, kOneYear, {Breakdown::kYearGroup}, kToday);
  ASSERT_EQ(series.size(), 5U);
  EXPECT_EQ(series[0].value, "R");
  EXPECT_EQ(series[0].points[0].counts.suspensions, 0);
  EXPECT_EQ(series[4].value, "10");
}

TEST(TrendSeries, RatesByReasonAreOfAllPupils) {
  TrendFigures figures = ByYearGroup({12});
  figures.counted.push_back(Counted(Breakdown::kReason, "DB", 10));
  const auto series = MakeSeries(figures, kOneYear, {Breakdown::kReason}, kToday);
  ASSERT_EQ(series.size(), 1U);
  EXPECT_EQ(series[0].points[0].suspension_rate().ToTwoDecimals(), "1.00");
}

TEST(HideSmall, HidesASmallNumberAndOneMore) {
  auto series = MakeSeries(ByYearGroup({3, 20, 9, 14}), kOneYear, {Breakdown::kYearGroup}, kToday);
  HideSmall({}, &series);
  EXPECT_EQ(Hidden(series), (std::vector{true, false, true, false}));
}

TEST(HideSmall, ShowsATotalThatIsNotSmallAndHidesOneThatIs) {
  auto large = MakeSeries(ByYearGroup({3, 20}), kOneYear, {Breakdown::kTotal}, kToday);
  HideSmall({}, &large);
  EXPECT_EQ(Hidden(large), (std::vector{false}));
  auto small = MakeSeries(ByYearGroup({3, 1}), kOneYear, {Breakdown::kTotal}, kToday);
  HideSmall({}, &small);
  EXPECT_EQ(Hidden(small), (std::vector{true}));
}

// A school of an authority of two knows the other's numbers as soon as it sees the authority's.
TEST(HideSmall, ProtectsTheRestFromThoseWhoKnowAPart) {
  auto series = MakeSeries(ByYearGroup({23, 20}), kOneYear, {Breakdown::kTotal}, kToday);
  const auto known = MakeSeries(ByYearGroup({23, 18}), kOneYear, {Breakdown::kTotal}, kToday);
  HideSmall(known, &series);
  EXPECT_EQ(Hidden(series), (std::vector{true}));
}

TEST(HideSmall, HidesHalfDaysWithTheirSuspensions) {
  TrendFigures figures{.counted = {Counted(Breakdown::kTotal, "", 2)},
                       .headcounts = {{Breakdown::kTotal, kYear, "", 3}}};
  auto series = MakeSeries(figures, kOneYear, {Breakdown::kTotal}, kToday);
  HideSmall({}, &series);
  EXPECT_TRUE(series[0].points[0].hidden.suspensions);
  EXPECT_TRUE(series[0].points[0].hidden.pupils);
  EXPECT_TRUE(series[0].points[0].hidden.headcount);
  EXPECT_FALSE(series[0].points[0].hidden.permanent);
}

// Whatever the numbers: with every list, the totals and one's own school at hand, nothing small
// can be worked out.
TEST(HideSmall, IsProofAgainstSubtraction) {
  std::mt19937 random(20261124);
  const auto pick = [&](int below) {
    return static_cast<std::int64_t>(random() % static_cast<unsigned>(below));
  };
  for (int round = 0; round < 500; ++round) {
    std::vector<std::int64_t> own, all, rest;
    const std::int64_t groups = 1 + pick(6);
    std::int64_t total_rest = 0;
    for (int i = 0; i < groups; ++i) {
      own.push_back(pick(12));
      rest.push_back(pick(3) == 0 ? 0 : pick(12));
      all.push_back(own.back() + rest.back());
      total_rest += rest.back();
    }
    const std::vector<Breakdown> by = {Breakdown::kTotal, Breakdown::kYearGroup};
    auto series = MakeSeries(ByYearGroup(all), kOneYear, by, kToday);
    HideSmall(MakeSeries(ByYearGroup(own), kOneYear, by, kToday), &series);
    std::int64_t hidden_sum = 0;
    int hidden = 0;
    for (const TrendSeries& one : series) {
      const bool is_hidden = one.points[0].hidden.suspensions;
      if (one.by == Breakdown::kTotal) {
        EXPECT_EQ(is_hidden, total_rest > 0 && total_rest < kUsualSuppressionThreshold);
        continue;
      }
      const auto group = static_cast<std::size_t>(std::stoi(one.value) - 7);
      const bool small = rest[group] > 0 && rest[group] < kUsualSuppressionThreshold;
      EXPECT_TRUE(is_hidden || !small);
      if (!is_hidden) continue;
      hidden_sum += rest[group];
      ++hidden;
    }
    if (hidden > 0 && total_rest >= kUsualSuppressionThreshold) {
      EXPECT_GE(hidden, 2);
      EXPECT_GE(hidden_sum, kUsualSuppressionThreshold);
    }
  }
}

}  // namespace
}  // namespace pathways::exclusions
