#include "services/panel/domain/effect.h"

#include <gtest/gtest.h>

#include <random>

namespace pathways::panel {
namespace {

constexpr double kClose = 0.005;

PupilChange Changed(BeforeAfter own, BeforeAfter alike) {
  return {.own = own, .alike = {alike, alike, alike}};
}

TEST(Attendance, IsThePercentOfPossibleSessions) {
  const auto attendance = AttendanceOf({60, 30}, {40, 38});
  ASSERT_TRUE(attendance.has_value());
  EXPECT_NEAR(attendance->before, 50, kClose);
  EXPECT_NEAR(attendance->after, 95, kClose);
}

TEST(Attendance, NeedsSessionsBeforeAndAfter) {
  EXPECT_FALSE(AttendanceOf({19, 19}, {40, 40}).has_value());
  EXPECT_FALSE(AttendanceOf({40, 40}, {19, 0}).has_value());
  EXPECT_TRUE(AttendanceOf({20, 0}, {20, 20}).has_value());
}

// Five values 1 to 5: mean 3, standard deviation 1.5811, t (4) 2.776.
TEST(MeanRange, IsStudents) {
  const std::vector<double> values = {1, 2, 3, 4, 5};
  const Range range = MeanRange(values);
  EXPECT_NEAR(range.middle, 3, kClose);
  EXPECT_NEAR(range.low, 1.037, kClose);
  EXPECT_NEAR(range.high, 4.963, kClose);
}

// Newcombe 1998, table I: 81 of 263, 0.2553 to 0.3662.
TEST(ShareRange, IsWilsons) {
  const Range range = ShareRange(81, 263);
  EXPECT_NEAR(range.middle, 30.798, kClose);
  EXPECT_NEAR(range.low, 25.53, kClose);
  EXPECT_NEAR(range.high, 36.62, kClose);
  EXPECT_EQ(ShareRange(0, 20).low, 0);
  EXPECT_EQ(ShareRange(20, 20).high, 100);
}

TEST(Effect, IsTheChangeLessThatOfPupilsAlike) {
  std::vector<PupilChange> changes;
  for (int i = 0; i < 10; ++i) changes.push_back(Changed({60, 70.0 + i % 2}, {60, 64}));
  const Effect effect = Compare(changes);
  EXPECT_EQ(effect.compared, 10);
  EXPECT_NEAR(effect.own.after, 70.5, kClose);
  EXPECT_NEAR(effect.alike.after, 64, kClose);
  ASSERT_TRUE(effect.difference.has_value());
  EXPECT_NEAR(effect.difference->middle, 6.5, kClose);
  EXPECT_NEAR(effect.difference->low, 6.5 - 2.262 * 0.527 / 3.1623, kClose);
  EXPECT_EQ(effect.verdict, Verdict::kRose);
}

TEST(Effect, CannotBeToldOfFewerThanTen) {
  std::vector<PupilChange> changes(9, Changed({60, 90}, {60, 60}));
  EXPECT_EQ(Compare(changes).verdict, Verdict::kTooFew);
  EXPECT_FALSE(Compare(changes).difference.has_value());
  changes.push_back(changes.front());
  EXPECT_EQ(Compare(changes).verdict, Verdict::kRose);
}

TEST(Effect, CannotBeToldWhenTheRangeIncludesNone) {
  std::vector<PupilChange> changes;
  for (int i = 0; i < 20; ++i) changes.push_back(Changed({60, i % 2 == 0 ? 80.0 : 42.0}, {60, 60}));
  const Effect effect = Compare(changes);
  EXPECT_GT(effect.difference->middle, 0);
  EXPECT_EQ(effect.verdict, Verdict::kNoDifferenceInRange);
}

TEST(Effect, SaysWhoWasLeftOutAndWhy) {
  std::vector<PupilChange> changes(10, Changed({60, 50}, {60, 60}));
  changes[0].own.reset();
  changes[1].alike.resize(2);
  const Effect effect = Compare(changes);
  EXPECT_EQ(effect.pupils, 10);
  EXPECT_EQ(effect.compared, 8);
  EXPECT_EQ(effect.without_marks, 1);
  EXPECT_EQ(effect.without_alike, 1);
  EXPECT_EQ(effect.verdict, Verdict::kTooFew);
}

// Where nothing happens, about one comparison in twenty says that something did: that is what 95 %
// means.
TEST(Effect, IsRarelySeenWhereThereIsNone) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, 12);
  int seen = 0;
  constexpr int kRounds = 2000;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<PupilChange> changes;
    for (int i = 0; i < 15; ++i) {
      changes.push_back(Changed({60 + noise(random), 60 + noise(random)}, {60, 60}));
    }
    const Verdict verdict = Compare(changes).verdict;
    seen += verdict == Verdict::kRose || verdict == Verdict::kFell;
  }
  EXPECT_GT(seen, kRounds * 3 / 100);
  EXPECT_LT(seen, kRounds * 7 / 100);
}

}  // namespace
}  // namespace pathways::panel
