#include "libs/service/paging.h"

#include <gtest/gtest.h>

#include "libs/service/status.h"

namespace pathways::service {
namespace {

constexpr OffsetPage::Bounds kBounds{.otherwise = 50, .most = 200};

TEST(OffsetPage, TakesTheUsualSizeWhenNoneIsAsked) {
  const auto page = OffsetPage::Read(0, "", kBounds);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->offset, 0);
  EXPECT_EQ(page->size, 50);
}

TEST(OffsetPage, GoesOnWhereTheTokenSays) {
  const auto first = OffsetPage::Read(20, "", kBounds);
  ASSERT_TRUE(first.ok());
  const auto second = OffsetPage::Read(20, first->NextToken(20, 35), kBounds);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->offset, 20);
  EXPECT_EQ(second->NextToken(15, 35), "");
}

TEST(OffsetPage, NamesEveryFieldThatIsWrong) {
  const auto page = OffsetPage::Read(201, "x", kBounds);
  const auto wrong = ViolationsOf(page.status());
  ASSERT_EQ(wrong.size(), 2u);
  EXPECT_EQ(wrong[0].field, "page_size");
  EXPECT_EQ(wrong[1].field, "page_token");
}

TEST(OffsetPage, RefusesAnOffsetBelowZero) {
  EXPECT_FALSE(OffsetPage::Read(0, "-1", kBounds).ok());
}

}  // namespace
}  // namespace pathways::service
