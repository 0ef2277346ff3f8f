#include "services/exclusions/domain/published.h"

#include <gtest/gtest.h>

namespace pathways::exclusions {
namespace {

using education::AcademicYear;
using enum PublishedColumn;

PublishedValue Value(std::string_view text) {
  auto value = PublishedValue::Parse(text);
  EXPECT_TRUE(value.ok()) << text << ": " << value.status();
  return value.ok() ? *value : PublishedValue();
}
AcademicYear Year(int start) { return *AcademicYear::FromStartYear(start); }

TEST(PublishedValue, KeepsNumbersExactly) {
  EXPECT_EQ(Value("9.33").hundred_thousandths(), 933'000);
  EXPECT_EQ(Value(" 955000 ").hundred_thousandths(), 95'500'000'000);
  EXPECT_EQ(Value("0.125").hundred_thousandths(), 12'500);
  EXPECT_EQ(Value("9.3301234567").hundred_thousandths(), 933'012);
  EXPECT_EQ(Value("9.33012678").hundred_thousandths(), 933'013);
  EXPECT_EQ(Value("9.33012678").text(), "9.33012678");
}

TEST(PublishedValue, KeepsASymbolAndNeverMakesItNought) {
  for (const char* symbol : {"z", "x", "c", "low", "k", "u", ":", "~", ""}) {
    EXPECT_FALSE(Value(symbol).is_number()) << symbol;
    EXPECT_EQ(Value(symbol).text(), symbol);
  }
}

TEST(PublishedValue, IsNothingElse) {
  for (const char* text : {"1,234", "-1", "9.33%", "n/a", ".5", "5.", "1e3", "C", "1234567890"}) {
    EXPECT_FALSE(PublishedValue::Parse(text).ok()) << text;
  }
}

TEST(PublishedValue, ReadsASymbolAsItsYearMeantIt) {
  EXPECT_EQ(Value("x").SymbolOf(Year(2016)), "c");
  EXPECT_EQ(Value("x").SymbolOf(Year(2023)), "x");
  EXPECT_EQ(Value(":").SymbolOf(Year(2018)), "z");
  EXPECT_EQ(Value(":").SymbolOf(Year(2019)), "x");
  EXPECT_EQ(Value("~").SymbolOf(Year(2023)), "low");
  EXPECT_EQ(Value("9.33").SymbolOf(Year(2023)), "");
}

PublishedFigures Figures(const std::array<std::string_view, kPublishedColumns>& texts) {
  PublishedFigures figures;
  for (std::size_t i = 0; i < texts.size(); ++i) figures.values[i] = Value(texts[i]);
  return figures;
}

// Near England 2023/24.
TEST(PublishedFigures, AgreeWithThemselves) {
  EXPECT_TRUE(
      CheckPublished(Figures({"8444000", "10885", "0.13", "955000", "11.31", "400000", "4.74"}))
          .empty());
  EXPECT_TRUE(CheckPublished(Figures({"", "c", "c", "12", "", "z", "z"})).empty());
  EXPECT_TRUE(CheckPublished(Figures({"0", "0", "z", "0", "z", "0", "z"})).empty());
}

TEST(PublishedFigures, SayWhichOfThemCannotBe) {
  const auto columns = [](const PublishedFigures& figures) {
    std::vector<PublishedColumn> found;
    for (const PublishedProblem& problem : CheckPublished(figures)) found.push_back(problem.column);
    return found;
  };
  // Per 1,000, as some programs write it.
  EXPECT_EQ(columns(Figures({"1000", "1", "0.10", "93", "93", "40", "4.00"})),
            std::vector{kSuspensionRate});
  EXPECT_EQ(columns(Figures({"1000", "1.5", "", "93", "9.30", "94", "9.40"})),
            (std::vector{kPermanent, kPupils}));
  const auto problems = CheckPublished(Figures({"1000", "1", "1.00", "93", "9.30", "40", "4.00"}));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().reason, "It is not number / headcount x 100, which is 0.10.");
}

TEST(PublishedPhase, MeansTheSameUnderTheNamesOfSeveralFiles) {
  for (const char* all : {"", "Total", "total", "All schools"}) EXPECT_EQ(PhaseGroup(all), "");
  EXPECT_EQ(PhaseGroup("Special"), PhaseGroup("State-funded special school"));
  EXPECT_EQ(PhaseGroup("Primary"), PhaseGroup("State-funded primary"));
  EXPECT_EQ(PhaseGroup("State-funded AP school"), PhaseGroup("Pupil referral unit"));
  EXPECT_NE(PhaseGroup("State-funded secondary"), PhaseGroup("State-funded primary"));
}

TEST(PublishedPeriod, IsAYearOrATerm) {
  EXPECT_EQ(TermFromIdentifier("Academic year"), SchoolTerm::kWholeYear);
  EXPECT_EQ(TermFromIdentifier("autumn term"), SchoolTerm::kAutumn);
  EXPECT_EQ(TermFromIdentifier("Autumn and spring term"), std::nullopt);
  EXPECT_EQ(TermFromIdentifier(""), std::nullopt);
}

TEST(PublishedMean, IsPlainAndLeavesOutWhatHasNoNumber) {
  const std::vector<PublishedValue> rates = {Value("9.33"), Value("c"), Value("11.32"), Value("")};
  const PublishedMean mean = MeanOf(rates, Year(2023));
  EXPECT_EQ(mean.rate.ToTwoDecimals(), "10.33");  // 10.325, halves away from zero
  EXPECT_EQ(mean.authorities, 2);
  EXPECT_EQ(mean.symbol, "");
}

TEST(PublishedMean, OfNoNumberSaysWhyWhereAllSayTheSame) {
  EXPECT_EQ(MeanOf(std::vector{Value("c"), Value("c")}, Year(2023)).symbol, "c");
  EXPECT_EQ(MeanOf(std::vector{Value("c"), Value("z")}, Year(2023)).symbol, "");
  EXPECT_FALSE(MeanOf({}, Year(2023)).rate.is_applicable());
}

}  // namespace
}  // namespace pathways::exclusions
