#include "libs/education/percent.h"

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

TEST(Percent, ShowsOneDecimal) {
  EXPECT_EQ((Percent{1, 10}.ToOneDecimal()), "10.0");
  EXPECT_EQ((Percent{0, 7}.ToOneDecimal()), "0.0");
  EXPECT_EQ((Percent{7, 7}.ToOneDecimal()), "100.0");
  EXPECT_EQ((Percent{37, 371}.ToOneDecimal()), "10.0") << "9.973 %";
  EXPECT_EQ((Percent{1, 3}.ToOneDecimal()), "33.3");
  EXPECT_EQ((Percent{2, 3}.ToOneDecimal()), "66.7");
  EXPECT_EQ((Percent{3, 2}.ToOneDecimal()), "150.0");
}

TEST(Percent, ShowsTwoDecimals) {
  EXPECT_EQ((Percent{37'695, 4'541'566}.ToTwoDecimals()), "0.83");
  EXPECT_EQ((Percent{1, 1000}.ToTwoDecimals()), "0.10") << "10 in 10,000";
  EXPECT_EQ((Percent{1, 20'000}.ToTwoDecimals()), "0.01") << "0.005 %";
  EXPECT_EQ((Percent{3, 2}.ToTwoDecimals()), "150.00");
  EXPECT_EQ((Percent{1, 0}.ToTwoDecimals()), "z");
}

TEST(Percent, RoundsHalvesAwayFromZero) {  // G7
  EXPECT_EQ((Percent{1, 16}.ToOneDecimal()), "6.3");
  EXPECT_EQ((Percent{15, 16}.ToOneDecimal()), "93.8");
  EXPECT_EQ((Percent{-1, 16}.ToOneDecimal()), "-6.3");
  EXPECT_EQ((Percent{1, 2000}.ToOneDecimal()), "0.1");
  EXPECT_EQ((Percent{-1, 10'000}.ToOneDecimal()), "0.0") << "no minus zero";
}

TEST(Percent, RoundsEachFigureByItself) {  // G6
  EXPECT_EQ((Percent{466, 10'000}.ToOneDecimal()), "4.7");
  EXPECT_EQ((Percent{244, 10'000}.ToOneDecimal()), "2.4");
  EXPECT_EQ((Percent{465, 10'000}.ToOneDecimal()), "4.7");
  EXPECT_EQ((Percent{245, 10'000}.ToOneDecimal()), "2.5");
  EXPECT_EQ((Percent{710, 10'000}.ToOneDecimal()), "7.1");
}

TEST(Percent,
     OfATotalWeightedByPhase) {  // G3: percent times ten thousand enrolments, over enrolments
  EXPECT_EQ((Percent{5 * 400 + 8 * 300 + 12 * 10, 710 * 100}.ToOneDecimal()), "6.4");
}

TEST(Percent, ExportsFiveDecimals) {
  EXPECT_EQ((Percent{1, 10}.ToFiveDecimals()), "10.00000");
  EXPECT_EQ((Percent{37, 371}.ToFiveDecimals()), "9.97305");
  EXPECT_EQ((Percent{1, 3}.ToFiveDecimals()), "33.33333");
  EXPECT_EQ((Percent{2, 3}.ToFiveDecimals()), "66.66667");
  EXPECT_EQ((Percent{1, 20'000'000}.ToFiveDecimals()), "0.00001") << "half of the last place";
  EXPECT_EQ((Percent{1, 20'000'001}.ToFiveDecimals()), "0.00000");
}

TEST(Percent, OfNothingIsNotApplicable) {
  EXPECT_EQ((Percent{0, 0}.ToOneDecimal()), "z");
  EXPECT_EQ((Percent{0, 0}.ToFiveDecimals()), "z");
}

TEST(Percent, HoldsForTheSessionsOfANation) {
  const std::int64_t sessions = 3'000'000'000;
  EXPECT_EQ((Percent{sessions, sessions}.ToFiveDecimals()), "100.00000");
  EXPECT_EQ((Percent{100'000'000'000, 4'000'000'000'000'000'000}.ToFiveDecimals()), "0.00000");
}

}  // namespace
}  // namespace pathways::education
