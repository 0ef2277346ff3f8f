#include "libs/education/exclusion_reason.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <string_view>

namespace pathways::education {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

std::vector<std::string_view> Offered(Day day) {
  std::vector<std::string_view> codes;
  for (const ExclusionReasonRule* rule : ExclusionReasonsOffered(day)) codes.push_back(rule->code);
  return codes;
}

TEST(ExclusionReason, IsReadInEitherCase) {
  for (const char* text : {"PP", "pp", " Pp "}) {
    const auto reason = ExclusionReason::Parse(text);
    ASSERT_TRUE(reason.ok()) << text;
    EXPECT_EQ(reason->code(), "PP");
    EXPECT_EQ(reason->name(), "Physical assault against a pupil");
  }
  for (const char* text : {"", "ZZ", "P", "PPP", "P P"}) {
    EXPECT_THAT(std::string(ExclusionReason::Parse(text).status().message()),
                HasSubstr("national code set"))
        << text;
  }
}

TEST(ExclusionReason, IsOfferedAsTheSetOfTheTimeHasIt) {
  EXPECT_THAT(Offered(Day(2020y / 8 / 31)), UnorderedElementsAre("PP", "PA", "VP", "VA", "BU", "RA",
                                                                 "SM", "DA", "DM", "TH", "DB"));
  EXPECT_THAT(Offered(Day(2020y / 9 / 1)),
              UnorderedElementsAre("PP", "PA", "VP", "VA", "OW", "BU", "RA", "LG", "DS", "SM", "DA",
                                   "DM", "TH", "DB", "MT", "PH"));
  EXPECT_EQ(Offered(Day(2026y / 8 / 31)).size(), 16u);
  EXPECT_EQ(Offered(Day(2026y / 9 / 1)).size(), 29u);
}

TEST(ExclusionReason, OtherIsReadInOldDataAndNeverOffered) {
  const auto other = ExclusionReason::Parse("OT");
  ASSERT_TRUE(other.ok());
  EXPECT_TRUE(other->IsValidOn(Day(2020y / 8 / 31)));
  EXPECT_FALSE(other->IsValidOn(Day(2020y / 9 / 1)));
  EXPECT_THAT(Offered(Day(2019y / 1 / 7)), Not(Contains("OT")));
}

TEST(ExclusionReason, CodesAndNamesAreEachOnce) {
  std::set<std::string_view> codes;
  std::set<std::string_view> names;
  for (const ExclusionReasonRule& rule : ExclusionReasonRules()) {
    codes.insert(rule.code);
    names.insert(rule.name);
    EXPECT_LE(rule.valid_from, rule.valid_to) << rule.code;
    EXPECT_FALSE(rule.source.empty()) << rule.code;
  }
  EXPECT_EQ(codes.size(), 30u);
  EXPECT_EQ(names.size(), 30u);
}

TEST(ExclusionReason, OffersByName) {
  const auto offered = ExclusionReasonsOffered(Day(2026y / 11 / 24));
  EXPECT_TRUE(std::ranges::is_sorted(offered, {}, &ExclusionReasonRule::name));
}

}  // namespace
}  // namespace pathways::education
