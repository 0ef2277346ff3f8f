#include "tools/demo/published.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "absl/strings/str_split.h"

namespace pathways::demo {
namespace {

using namespace std::chrono_literals;
using ::testing::Each;
using ::testing::HasSubstr;

std::vector<std::string> Rows(const std::string& csv) {
  std::vector<std::string> rows = absl::StrSplit(csv, '\n', absl::SkipEmpty());
  rows.erase(rows.begin());
  return rows;
}

TEST(PublishedFile, SaysInEveryRowThatItIsInvented) {
  const auto rows = Rows(PublishedCsv({.until = education::Day(2026y / 11 / 23)}));
  EXPECT_EQ(rows.size(), 11U * 5 * 4 * 4);
  EXPECT_THAT(rows, Each(HasSubstr("Invented for the demonstration")));
  EXPECT_THAT(rows.front(), HasSubstr("202526,Academic year,National"));
}

TEST(PublishedFile, OfTheSameYearIsAlwaysTheSame) {
  const auto earlier = Rows(PublishedCsv({.until = education::Day(2025y / 11 / 23)}));
  const auto later = Rows(PublishedCsv({.until = education::Day(2026y / 11 / 23)}));
  for (const std::string& row : earlier) {
    if (!row.starts_with("202021")) {
      EXPECT_THAT(later, ::testing::Contains(row));
    }
  }
}

TEST(PublishedFile, SuppressesWhatIsSmall) {
  EXPECT_THAT(PublishedCsv({.until = education::Day(2026y / 11 / 23)}), HasSubstr(",c,c,"));
}

TEST(NeighboursFile, HasTenOfTheBorough) {
  const auto rows = Rows(NeighboursCsv(*education::LaCode::FromInt(999)));
  EXPECT_EQ(rows.size(), 10U);
  EXPECT_THAT(rows, Each(::testing::StartsWith("999,9")));
  EXPECT_THAT(rows, ::testing::Contains(HasSubstr("not published figures")));
}

}  // namespace
}  // namespace pathways::demo
