#include "services/exclusions/domain/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace pathways::exclusions {
namespace {

using namespace std::chrono_literals;
using education::Day;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Day kToday(2026y / 11 / 24);

std::vector<std::string> Said(const std::vector<std::string>& codes, Day decided = kToday) {
  std::vector<std::string> words;
  for (const Problem& problem : CheckReasons("reasons", codes, decided)) {
    EXPECT_EQ(problem.field, "reasons");
    words.push_back(problem.words);
  }
  return words;
}

TEST(Reasons, AreOneToThree) {
  EXPECT_THAT(Said({"PP"}), IsEmpty());
  EXPECT_THAT(Said({"PP", "", "db", " MT "}), IsEmpty());
  EXPECT_THAT(Said({}), ElementsAre("Choose at least one reason"));
  EXPECT_THAT(Said({"", " "}), ElementsAre("Choose at least one reason"));
  EXPECT_THAT(Said({"PP", "PA", "DB", "BU"}), ElementsAre("Choose no more than three reasons"));
}

TEST(Reasons, AreEachOnceAndKnown) {
  EXPECT_THAT(Said({"PP", "pp"}), ElementsAre("Give PP once only"));
  EXPECT_THAT(Said({"ZZ", "PP"}), ElementsAre(HasSubstr("'ZZ' is not a reason")));
}

TEST(Reasons, AreValidOnTheDayOfTheDecision) {
  EXPECT_THAT(Said({"VR"}), IsEmpty());
  EXPECT_THAT(Said({"VR"}, Day(2026y / 8 / 31)),
              ElementsAre(HasSubstr("not in use before 1 September 2026")));
  EXPECT_THAT(Said({"OT"}), ElementsAre(HasSubstr("in use until 31 August 2020")));
  EXPECT_THAT(Said({"OT"}, Day(2019y / 11 / 4)), IsEmpty()) << "old data is read";
}

TEST(Reasons, KeepTheirCodes) {
  const auto reasons = Reasons::Parse(std::vector<std::string>{"db", "PP"});
  ASSERT_TRUE(reasons.ok());
  EXPECT_THAT(reasons->ToCodes(), ElementsAre("DB", "PP"));
  EXPECT_EQ(reasons->ToString(), "DB PP");
  for (const std::vector<std::string>& bad :
       {std::vector<std::string>{}, {"PP", "PP"}, {"ZZ"}, {"PP", "PA", "DB", "BU"}}) {
    EXPECT_FALSE(Reasons::Parse(bad).ok());
  }
}

}  // namespace
}  // namespace pathways::exclusions
