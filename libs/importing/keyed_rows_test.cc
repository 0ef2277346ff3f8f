#include "libs/importing/keyed_rows.h"

#include <gtest/gtest.h>

namespace pathways::importing {
namespace {

TEST(KeyedRows, CountsARepeatedRowOnce) {
  Refusals refusals;
  KeyedRows<int, std::string> rows;
  rows.Add(1, 2, "a", "same", "key", refusals);
  rows.Add(1, 3, "a", "same", "key", refusals);
  rows.Settle();
  EXPECT_EQ(rows.rows().size(), 1u);
  EXPECT_EQ(rows.repeated(), 1);
  EXPECT_TRUE(refusals.empty());
}

TEST(KeyedRows, RefusesAllRowsThatContradictEachOther) {
  Refusals refusals;
  KeyedRows<int, std::string> rows;
  rows.Add(1, 2, "first", "this", "key", refusals);
  rows.Add(1, 5, "second", "that", "key", refusals);
  rows.Add(1, 9, "third", "this", "key", refusals);
  rows.Add(2, 6, "other", "fine", "key", refusals);
  rows.Settle();
  EXPECT_EQ(rows.rows().size(), 1u);
  EXPECT_TRUE(rows.rows().contains(2));
  EXPECT_EQ(refusals.rows(), 3);
  ASSERT_TRUE(refusals.kept().contains(2));
  EXPECT_EQ(refusals.kept().at(2).raw, "first");
  EXPECT_EQ(refusals.kept().at(2).problems[0].code, "same_key_twice");
}

TEST(Refusals, CountsRowsAndProblemsApart) {
  Refusals refusals(2);
  const auto problem = [](std::int64_t row) {
    return tabular::Problem{
        .row = row, .column = "upn", .value = "", .reason = "wrong.", .advice = "", .code = "x"};
  };
  for (const std::int64_t row : {2, 2, 3, 4, 4, 5}) refusals.Add(problem(row), "raw");
  EXPECT_EQ(refusals.rows(), 4);
  EXPECT_EQ(refusals.problem_count(), 6);
  EXPECT_EQ(refusals.kept().size(), 2u);
  EXPECT_FALSE(refusals.whole_file());
  refusals.Add(problem(0));
  EXPECT_TRUE(refusals.whole_file());
  EXPECT_EQ(refusals.rows(), 4);
}

}  // namespace
}  // namespace pathways::importing
