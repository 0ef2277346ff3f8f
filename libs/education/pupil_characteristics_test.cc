#include "libs/education/pupil_characteristics.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace pathways::education {
namespace {

TEST(PupilCharacteristics, CodesReturnFromText) {
  for (const char* code : {"N", "K", "E"}) EXPECT_EQ(ToString(*ParseSenProvision(code)), code);
  for (const char* code : {"M", "F", "U"}) EXPECT_EQ(ToString(*ParseSex(code)), code);
  for (const char* code : {"C", "M", "S"}) EXPECT_EQ(ToString(*ParseEnrolmentStatus(code)), code);
  EXPECT_EQ(*ParseSenProvision(" k "), SenProvision::kSupport);
  EXPECT_EQ(*ParseSex("f"), Sex::kFemale);
}

TEST(PupilCharacteristics, OtherCodesAreRefusedWithTheListOfThem) {
  EXPECT_NE(ParseSenProvision("S").status().message().find("N (none), K"), absl::string_view::npos);
  EXPECT_FALSE(ParseSenProvision("").ok());
  EXPECT_FALSE(ParseSex("X").ok());
  EXPECT_FALSE(ParseEnrolmentStatus("G").ok());
}

TEST(YesNo, TakesBothLengths) {
  for (const char* yes : {"Y", "y", "Yes", " YES "}) EXPECT_TRUE(*ParseYesNo(yes)) << yes;
  for (const char* no : {"N", "n", "no"}) EXPECT_FALSE(*ParseYesNo(no)) << no;
  for (const char* bad : {"", "1", "true", "maybe"}) EXPECT_FALSE(ParseYesNo(bad).ok()) << bad;
  EXPECT_EQ(YesNoToString(true), "Y");
  EXPECT_EQ(YesNoToString(false), "N");
}

TEST(YearGroup, HoldsEveryYearInOrder) {
  const std::vector<std::string> in_order = {"N1", "N2", "R", "1",  "2",  "3",  "4",  "5",  "6",
                                             "7",  "8",  "9", "10", "11", "12", "13", "14", "X"};
  for (std::size_t i = 0; i < in_order.size(); ++i) {
    const auto year = YearGroup::Parse(in_order[i]);
    ASSERT_TRUE(year.ok()) << in_order[i];
    EXPECT_EQ(year->ToString(), in_order[i]);
    if (i > 0) {
      EXPECT_LT(*YearGroup::Parse(in_order[i - 1]), *year);
    }
  }
  EXPECT_EQ(YearGroup::Parse("7")->number(), 7);
  EXPECT_EQ(YearGroup::Parse("r")->number(), std::nullopt);
  EXPECT_EQ(*YearGroup::Parse("07"), *YearGroup::Parse("7"));
  for (const char* bad : {"", "0", "15", "N3", "E1", "Year 7", "007", "-1"}) {
    EXPECT_FALSE(YearGroup::Parse(bad).ok()) << bad;
  }
}

TEST(Breakdown, TopicsReturnFromText) {
  EXPECT_EQ(AllBreakdownTopics().size(), 5U);
  for (const BreakdownTopic topic : AllBreakdownTopics()) {
    EXPECT_EQ(*ParseBreakdownTopic(ToString(topic)), topic);
  }
  EXPECT_FALSE(ParseBreakdownTopic("ethnicity").ok());
}

TEST(Breakdown, ValueIsThePupilsCode) {
  PupilCharacteristics pupil;
  for (const BreakdownTopic topic : AllBreakdownTopics()) {
    EXPECT_EQ(BreakdownValue(topic, pupil), kNotRecorded);
  }
  pupil.sen_provision = SenProvision::kEducationHealthAndCarePlan;
  pupil.pupil_premium = true;
  pupil.sex = Sex::kFemale;
  pupil.year_group = *YearGroup::Parse("R");
  pupil.looked_after = false;
  EXPECT_EQ(BreakdownValue(BreakdownTopic::kSenProvision, pupil), "E");
  EXPECT_EQ(BreakdownValue(BreakdownTopic::kPupilPremium, pupil), "Y");
  EXPECT_EQ(BreakdownValue(BreakdownTopic::kSex, pupil), "F");
  EXPECT_EQ(BreakdownValue(BreakdownTopic::kYearGroup, pupil), "R");
  EXPECT_EQ(BreakdownValue(BreakdownTopic::kLookedAfter, pupil), "N");
}

}  // namespace
}  // namespace pathways::education
