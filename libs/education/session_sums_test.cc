// The worked examples of attendance measures: what marks of an enrolment count, its rates and its
// states.
#include "libs/education/session_sums.h"

#include <cstdlib>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "libs/education/attendance_code.h"
#include "libs/education/percent.h"

namespace pathways::education {
namespace {

using namespace std::chrono_literals;

constexpr Day kToday(2026y / 10 / 6);

// "4x/ 5x\ 1xI": how many marks of each code.
SessionSums SumsOf(const std::string& marks, Day date = kToday) {
  SessionSums sums;
  std::istringstream words(marks);
  for (std::string word; words >> word;) {
    const std::size_t x = word.find('x');
    const auto code = AttendanceCode::FromText(word.substr(x + 1)).value();
    for (int i = std::atoi(word.c_str()); i > 0; --i) {
      sums += CountsFor(date)[static_cast<unsigned char>(code.byte())];
    }
  }
  return sums;
}

std::string Rate(int part, const SessionSums& sums) {
  return Percent{part, sums.possible}.ToOneDecimal();
}

struct Example {
  int number;
  std::string marks;
  SessionSums sums;
  std::string attendance, absence, authorised, unauthorised;
  bool persistent, severe;
};

const std::vector<Example> kExamples = {
    {1, R"(5x/ 5x\)", {10, 10, 0, 0}, "100.0", "0.0", "0.0", "0.0", false, false},
    {2, R"(4x/ 5x\ 1xI)", {10, 9, 1, 0}, "90.0", "10.0", "10.0", "0.0", true, false},
    {3, R"(171x/ 171x\ 38xI)", {380, 342, 38, 0}, "90.0", "10.0", "10.0", "0.0", true, false},
    {4, R"(172x/ 171x\ 37xI)", {380, 343, 37, 0}, "90.3", "9.7", "9.7", "0.0", false, false},
    {5, R"(167x/ 167x\ 37xI 9xY4)", {371, 334, 37, 0}, "90.0", "10.0", "10.0", "0.0", false, false},
    {6, R"(171x/ 170x\ 38xI 1xD)", {379, 341, 38, 0}, "90.0", "10.0", "10.0", "0.0", true, false},
    {7, R"(4x/ 3x\ 1xI 2xY4)", {8, 7, 1, 0}, "87.5", "12.5", "12.5", "0.0", true, false},
    {8, R"(5x/ 5xX)", {5, 5, 0, 0}, "100.0", "0.0", "0.0", "0.0", false, false},
    {9, R"(5x/ 5xC2)", {10, 5, 5, 0}, "50.0", "50.0", "50.0", "0.0", true, true},
    {10, R"(45x/ 45x\ 10xC1)", {100, 90, 10, 0}, "90.0", "10.0", "10.0", "0.0", true, false},
    {11, R"(5x/ 4x\ 1xJ1)", {10, 9, 1, 0}, "90.0", "10.0", "10.0", "0.0", true, false},
    {12, R"(3x/ 3x\ 4xD)", {6, 6, 0, 0}, "100.0", "0.0", "0.0", "0.0", false, false},
    {13, R"(1x/ 1x\ 2xO 6xD)", {4, 2, 0, 2}, "50.0", "50.0", "0.0", "50.0", true, true},
    {14, R"(48x/ 48x\ 14xI 10xO)", {120, 96, 14, 10}, "80.0", "20.0", "11.7", "8.3", true, false},
    {15, R"(125x/ 125x\ 10xI)", {260, 250, 10, 0}, "96.2", "3.8", "3.8", "0.0", false, false},
    {16, R"(1xO)", {1, 0, 0, 1}, "0.0", "100.0", "0.0", "100.0", true, true},
    {17, R"(1x\)", {1, 1, 0, 0}, "100.0", "0.0", "0.0", "0.0", false, false},
    {18, R"(20xD)", {0, 0, 0, 0}, "z", "z", "z", "z", false, false},
    {19, R"(10xQ)", {0, 0, 0, 0}, "z", "z", "z", "z", false, false},
    {20, R"(4x/ 4x\ 1xL 1xU)", {10, 9, 0, 1}, "90.0", "10.0", "0.0", "10.0", true, false},
    {21, R"(4x/ 4x\ 2xN)", {10, 8, 0, 2}, "80.0", "20.0", "0.0", "20.0", true, false},
    {22, R"(4x/ 4x\ 2xI)", {10, 8, 2, 0}, "80.0", "20.0", "20.0", "0.0", true, false},
    {23, R"(4x/ 4x\ 2xO)", {10, 8, 0, 2}, "80.0", "20.0", "0.0", "20.0", true, false},
    {24, R"(2x/ 4xB 2xK 1xV 1xP)", {10, 10, 0, 0}, "100.0", "0.0", "0.0", "0.0", false, false},
    {25, R"(2x/ 2x\ 6xE)", {10, 4, 6, 0}, "40.0", "60.0", "60.0", "0.0", true, true},
    {26, R"(40xY5 29x/ 29x\ 2xI)", {60, 58, 2, 0}, "96.7", "3.3", "3.3", "0.0", false, false},
    {27, R"(4x/ 3x\ 1x- 2x#)", {7, 7, 0, 0}, "100.0", "0.0", "0.0", "0.0", false, false},
    {28, R"(150x/ 150x\ 10xI 50xS)", {360, 300, 60, 0}, "83.3", "16.7", "16.7", "0.0", true, false},
    {29, R"(5x/ 4x\ 9xI 1xO)", {19, 9, 9, 1}, "47.4", "52.6", "47.4", "5.3", true, true},
    {30, R"(5x/ 5x\ 9xI)", {19, 10, 9, 0}, "52.6", "47.4", "47.4", "0.0", true, false},
};

TEST(SessionSums, EveryWorkedExample) {
  ASSERT_EQ(kExamples.size(), 30U);
  for (const Example& example : kExamples) {
    SCOPED_TRACE(example.number);
    const SessionSums sums = SumsOf(example.marks);
    EXPECT_EQ(sums, example.sums);
    EXPECT_EQ(sums.attended + sums.absent(), sums.possible);
    EXPECT_EQ(Rate(sums.attended, sums), example.attendance);
    EXPECT_EQ(Rate(sums.absent(), sums), example.absence);
    EXPECT_EQ(Rate(sums.authorised, sums), example.authorised);
    EXPECT_EQ(Rate(sums.unauthorised, sums), example.unauthorised);
    EXPECT_EQ(IsPersistent(sums), example.persistent);
    EXPECT_EQ(IsSevere(sums), example.severe);
  }
}

TEST(SessionSums, OldInterviewWasAttendance) {
  EXPECT_EQ(SumsOf(R"(5x/ 4x\ 1xJ)", Day(2024y / 6 / 3)), (SessionSums{10, 10, 0, 0}));
}

TEST(SessionSums, DualSchoolsTogetherAreSumsOverSums) {
  const SessionSums both = SumsOf(R"(3x/ 3x\ 4xD)") + SumsOf(R"(1x/ 1x\ 2xO 6xD)");
  EXPECT_EQ(Rate(both.absent(), both), "20.0");
}

TEST(SessionSums, CovidMarksWerePossibleButNoAbsence) {  // G5
  const SessionSums then = SumsOf(R"(40x/ 40x\ 10xX 10xI)", Day(2021y / 1 / 12));
  EXPECT_EQ(then, (SessionSums{100, 80, 10, 0}));
  EXPECT_TRUE(IsPersistent(then));
  const SessionSums now = SumsOf(R"(40x/ 40x\ 10xX 10xI)");
  EXPECT_EQ(Rate(now.absent(), now), "11.1");
}

TEST(SessionSums, SpansAddAndDiffer) {
  std::mt19937 random(7);
  for (int round = 0; round < 1'000; ++round) {
    SessionSums a{
        static_cast<std::uint16_t>(random() % 400), static_cast<std::uint16_t>(random() % 400),
        static_cast<std::uint16_t>(random() % 400), static_cast<std::uint16_t>(random() % 400)};
    const SessionSums b{
        static_cast<std::uint16_t>(random() % 400), static_cast<std::uint16_t>(random() % 400),
        static_cast<std::uint16_t>(random() % 400), static_cast<std::uint16_t>(random() % 400)};
    EXPECT_EQ((a + b) - b, a);
    EXPECT_EQ(a + b, b + a);
    EXPECT_EQ((a + b).absent(), a.absent() + b.absent());
  }
}

TEST(SessionSums, ThresholdsAreExactForEverySizeOfYear) {
  for (int possible = 1; possible <= 420; ++possible) {
    for (int absent = 0; absent <= possible; ++absent) {
      const SessionSums sums{
          static_cast<std::uint16_t>(possible), static_cast<std::uint16_t>(possible - absent),
          static_cast<std::uint16_t>(absent / 2), static_cast<std::uint16_t>(absent - absent / 2)};
      ASSERT_EQ(IsPersistent(sums), absent >= (possible + 9) / 10);
      ASSERT_EQ(IsSevere(sums), absent >= (possible + 1) / 2);
      ASSERT_TRUE(IsPersistent(sums) || !IsSevere(sums));
    }
  }
}

GroupMeasure GroupOf(const std::vector<SessionSums>& enrolments) {
  GroupMeasure group;
  for (const SessionSums& sums : enrolments) group.Add(sums);
  return group;
}

TEST(GroupMeasure, IsSumsOverSumsNotMeansOfRates) {  // G1
  const GroupMeasure group = GroupOf({{100, 100, 0, 0}, {100, 90, 10, 0}, {20, 10, 4, 6}});
  EXPECT_EQ(group.enrolments, 3);
  EXPECT_EQ(group.attended + group.absent(), group.possible);
  EXPECT_EQ((Percent{group.absent(), group.possible}.ToOneDecimal()), "9.1");
  EXPECT_EQ((Percent{group.persistent, group.enrolments}.ToOneDecimal()), "66.7");
  EXPECT_EQ((Percent{group.severe, group.enrolments}.ToOneDecimal()), "33.3");
}

TEST(GroupMeasure, LeavesOutEnrolmentsWithoutAPossibleSession) {  // G2
  const std::vector<SessionSums> three = {{100, 100, 0, 0}, {100, 90, 10, 0}, {20, 10, 4, 6}};
  GroupMeasure group = GroupOf(three);
  group.Add(SessionSums{});
  EXPECT_EQ(group, GroupOf(three));
}

TEST(GroupMeasure, CountsAMoverOnceInEachSchool) {  // examples 14 and 15
  const GroupMeasure group =
      GroupOf({SumsOf(R"(48x/ 48x\ 14xI 10xO)"), SumsOf(R"(125x/ 125x\ 10xI)")});
  EXPECT_EQ(group.enrolments, 2);
  EXPECT_EQ((Percent{group.persistent, group.enrolments}.ToOneDecimal()), "50.0");
  EXPECT_EQ((Percent{group.absent(), group.possible}.ToOneDecimal()), "8.9");
}

TEST(GroupMeasure, OfPartsIsThatOfTheWhole) {
  GroupMeasure parts = GroupOf({{100, 100, 0, 0}});
  parts += GroupOf({{100, 90, 10, 0}, {20, 10, 4, 6}});
  EXPECT_EQ(parts, GroupOf({{100, 100, 0, 0}, {100, 90, 10, 0}, {20, 10, 4, 6}}));
}

}  // namespace
}  // namespace pathways::education
