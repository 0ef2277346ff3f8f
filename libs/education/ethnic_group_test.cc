#include "libs/education/ethnic_group.h"

#include <gtest/gtest.h>

namespace pathways::education {
namespace {

TEST(EthnicGroup, OfACodeOfTheSchoolCensus) {
  EXPECT_EQ(EthnicGroupOf("WBRI"), EthnicGroup::kWhite);
  EXPECT_EQ(EthnicGroupOf("WROM"), EthnicGroup::kWhite);
  EXPECT_EQ(EthnicGroupOf("MWBC"), EthnicGroup::kMixed);
  EXPECT_EQ(EthnicGroupOf("APKA"), EthnicGroup::kAsian);
  EXPECT_EQ(EthnicGroupOf("CHNE"), EthnicGroup::kAsian);
  EXPECT_EQ(EthnicGroupOf("BCRB"), EthnicGroup::kBlack);
  EXPECT_EQ(EthnicGroupOf("OOTH"), EthnicGroup::kOther);
}

TEST(EthnicGroup, IsNotKnownWithoutACode) {
  for (const char* code : {"", "REFU", "NOBT", "W", "British"}) {
    EXPECT_FALSE(EthnicGroupOf(code).has_value()) << code;
  }
}

TEST(EthnicGroup, NamesComeBack) {
  for (const EthnicGroup group : kEthnicGroups) {
    EXPECT_EQ(EthnicGroupFromName(ToString(group)), group);
  }
  EXPECT_FALSE(EthnicGroupFromName("unknown").has_value());
}

}  // namespace
}  // namespace pathways::education
