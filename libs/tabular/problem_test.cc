#include "libs/tabular/problem.h"

#include <gtest/gtest.h>

namespace pathways::tabular {
namespace {

using std::string_view_literals::operator""sv;

TEST(Excerpt, ShowsWhatCannotBeSeen) {
  EXPECT_EQ(Excerpt("a\0b\n\x7F"sv), "a␀b␊␡");
  EXPECT_EQ(Excerpt("\xFFz"), "\\xFFz");
  EXPECT_EQ(Excerpt("abc\u202Edef"), "abc\\u{202E}def");
  EXPECT_EQ(Excerpt("\\"), "\\");
  EXPECT_EQ(Excerpt("Zoë"), "Zoë");
}

TEST(Excerpt, IsAtMostSixtyCharacters) {
  const std::string sixty(60, 'x');
  EXPECT_EQ(Excerpt(sixty), sixty);
  EXPECT_EQ(Excerpt(sixty + "x"), std::string(59, 'x') + "…");
  std::string umlauts, shown;
  for (int i = 0; i < 61; ++i) umlauts += "ü";
  for (int i = 0; i < 59; ++i) shown += "ü";
  EXPECT_EQ(Excerpt(umlauts), shown + "…");
  EXPECT_EQ(Excerpt(std::string(57, 'x') + "\xFF\xFF"), std::string(57, 'x') + "…")
      << "no half escape";
}

TEST(Problem, IsDescribedInOneLine) {
  const Problem problem{.row = 17,
                        .column = "upn",
                        .value = "T82240122500",
                        .reason = "It is one character short.",
                        .advice = "Copy it again.",
                        .code = "upn_length"};
  EXPECT_EQ(Describe(problem),
            "Row 17, upn, “T82240122500”: It is one character short. Copy it again.");
  EXPECT_EQ(Describe({.reason = "The file is empty."}), "The file is empty.");
}

TEST(ProblemList, CountsAllAndKeepsTheFirst) {
  ProblemList list(2);
  EXPECT_TRUE(list.empty());
  for (int row = 1; row <= 5; ++row) list.Add({.row = row});
  EXPECT_EQ(list.count(), 5);
  EXPECT_EQ(list.dropped(), 3);
  ASSERT_EQ(list.kept().size(), 2u);
  EXPECT_EQ(list.kept()[1].row, 2);
}

}  // namespace
}  // namespace pathways::tabular
