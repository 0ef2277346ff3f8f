#include "libs/education/absence_state.h"

#include <chrono>
#include <random>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "libs/education/academic_year.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;
using enum CrossingKind;

constexpr Day kStart(2026y / 9 / 7);

SessionSums Sums(int possible, int absent) {
  return {static_cast<std::uint16_t>(possible), static_cast<std::uint16_t>(possible - absent),
          static_cast<std::uint16_t>(absent), 0};
}

// Two possible sessions each day, from kStart on; absent as told.
std::vector<SumsToDay> Days(const std::vector<int>& absent, Day first = kStart) {
  std::vector<SumsToDay> days;
  SessionSums sums;
  for (const int sessions : absent) {
    sums += Sums(2, sessions);
    days.push_back({first + static_cast<int>(days.size()), sums});
  }
  return days;
}

TEST(AbsenceState, NeedsTheMinimumOfPossibleSessionsForBoth) {
  EXPECT_EQ(StateAt(Sums(1, 1), 20), AbsenceState{});
  EXPECT_EQ(StateAt(Sums(19, 19), 20), AbsenceState{});
  EXPECT_EQ(StateAt(Sums(20, 20), 20), (AbsenceState{.persistent = true, .severe = true}));
  EXPECT_EQ(StateAt(Sums(1, 1), 1), (AbsenceState{.persistent = true, .severe = true}));
  EXPECT_EQ(StateAt(Sums(0, 0), 0), AbsenceState{}) << "nothing possible is never absence";
}

TEST(AbsenceState, TestsWholeNumbers) {
  EXPECT_TRUE(StateAt(Sums(20, 2), 20).persistent);
  EXPECT_FALSE(StateAt(Sums(21, 2), 20).persistent);
  EXPECT_FALSE(StateAt(Sums(371, 37), 20).persistent) << "shown as 10.0 %, but is 9.973 %";
  EXPECT_TRUE(StateAt(Sums(379, 38), 20).persistent);
  EXPECT_TRUE(StateAt(Sums(20, 10), 20).severe);
  EXPECT_FALSE(StateAt(Sums(21, 10), 20).severe);
}

TEST(AbsenceCrossings, PersistentOnTheDayTheMinimumIsReached) {
  EXPECT_EQ(AbsenceCrossings(Days({2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), 20),
            (std::vector<Crossing>{{kPersistent, kStart + 9, 20, 2},
                                   {kRecoveredPersistent, kStart + 10, 22, 2}}));
}

TEST(AbsenceCrossings, PersistentAndSevereMayComeTogetherAndGoApart) {
  std::vector<int> absent(10, 2);
  absent.resize(110, 0);
  EXPECT_EQ(AbsenceCrossings(Days(absent), 20),
            (std::vector<Crossing>{{kPersistent, kStart + 9, 20, 20},
                                   {kSevere, kStart + 9, 20, 20},
                                   {kRecoveredSevere, kStart + 20, 42, 20},
                                   {kRecoveredPersistent, kStart + 100, 202, 20}}));
}

TEST(AbsenceCrossings, CanHappenAgain) {
  std::vector<int> absent(10, 0);
  absent[0] = 2;
  absent.insert(absent.end(), {0, 1, 0, 0, 0, 0});
  EXPECT_EQ(AbsenceCrossings(Days(absent), 20),
            (std::vector<Crossing>{{kPersistent, kStart + 9, 20, 2},
                                   {kRecoveredPersistent, kStart + 10, 22, 2},
                                   {kPersistent, kStart + 11, 24, 3},
                                   {kRecoveredPersistent, kStart + 15, 32, 3}}));
}

TEST(AbsenceCrossings, EachAcademicYearBeginsAnew) {
  std::vector<SumsToDay> days = Days({2, 2}, Day(2027y / 8 / 30));
  const std::vector<SumsToDay> next = Days({2, 2}, Day(2027y / 9 / 1));
  days.insert(days.end(), next.begin(), next.end());
  EXPECT_EQ(AbsenceCrossings(days, 4),
            (std::vector<Crossing>{{kPersistent, Day(2027y / 8 / 31), 4, 4},
                                   {kSevere, Day(2027y / 8 / 31), 4, 4},
                                   {kPersistent, Day(2027y / 9 / 2), 4, 4},
                                   {kSevere, Day(2027y / 9 / 2), 4, 4}}))
      << "no recovery because a year ended";
}

TEST(AbsenceCrossings, OfNothingAreNone) {
  EXPECT_TRUE(AbsenceCrossings({}, 20).empty());
  EXPECT_TRUE(AbsenceCrossings(Days(std::vector<int>(100, 0)), 20).empty());
}

TEST(CrossingKind, HasTheNamesOfTheExport) {
  EXPECT_EQ(ToString(kPersistent), "persistent");
  EXPECT_EQ(ToString(kSevere), "severe");
  EXPECT_EQ(ToString(kRecoveredPersistent), "recovered_persistent");
  EXPECT_EQ(ToString(kRecoveredSevere), "recovered_severe");
  EXPECT_EQ(ToString(kUnauthorised), "unauthorised_10_in_10_weeks");
  EXPECT_EQ(*ParseCrossingKind("recovered_severe"), kRecoveredSevere);
  EXPECT_FALSE(ParseCrossingKind("Persistent").ok());
}

// The naive model works from the marks of each day and sums the year again for every day and state.
struct DayMarks {
  Day day;
  int possible;
  int absent;
};

std::vector<Crossing> NaiveCrossings(const std::vector<DayMarks>& marks, int minimum) {
  const auto holds = [&](std::size_t d, int times) {
    int possible = 0, absent = 0;
    for (std::size_t i = 0; i <= d; ++i) {
      if (AcademicYear::Of(marks[i].day) != AcademicYear::Of(marks[d].day)) continue;
      possible += marks[i].possible;
      absent += marks[i].absent;
    }
    return std::tuple(possible > 0 && possible >= minimum && absent * times >= possible, possible,
                      absent);
  };
  std::vector<Crossing> crossings;
  for (std::size_t d = 0; d < marks.size(); ++d) {
    const bool same_year =
        d > 0 && AcademicYear::Of(marks[d - 1].day) == AcademicYear::Of(marks[d].day);
    for (const auto& [times, on, off] : {std::tuple(10, kPersistent, kRecoveredPersistent),
                                         std::tuple(2, kSevere, kRecoveredSevere)}) {
      const auto [now, possible, absent] = holds(d, times);
      const bool before = same_year && std::get<0>(holds(d - 1, times));
      if (now != before) crossings.push_back({now ? on : off, marks[d].day, possible, absent});
    }
  }
  return crossings;
}

TEST(AbsenceCrossings, AgreeWithTheDefinitionOnRandomPupils) {
  std::mt19937 random(20260901);
  std::size_t seen = 0;
  for (int pupil = 0; pupil < 300; ++pupil) {
    const int minimum = pupil % 3 == 0 ? 20 : static_cast<int>(random() % 30);
    const auto often = 1 + random() % 12;
    std::vector<DayMarks> marks;
    std::vector<SumsToDay> days;
    SessionSums sums;
    for (Day day(2026y / 6 / 1); day < Day(2026y / 11 / 1); ++day) {
      if (day == Day(2026y / 9 / 1)) sums = {};
      const int possible = static_cast<int>(random() % 3);
      const int absent = random() % often == 0 ? possible : 0;
      marks.push_back({day, possible, absent});
      sums += Sums(possible, absent);
      days.push_back({day, sums});
    }
    const auto expected = NaiveCrossings(marks, minimum);
    ASSERT_EQ(AbsenceCrossings(days, minimum), expected) << "pupil " << pupil;
    seen += expected.size();
  }
  EXPECT_GT(seen, 500U);
}

}  // namespace
}  // namespace pathways::education
