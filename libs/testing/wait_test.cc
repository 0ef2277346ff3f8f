#include "libs/testing/wait.h"

#include <gtest/gtest.h>

namespace pathways::testing {
namespace {

using namespace std::chrono_literals;

TEST(WaitFor, AsksUntilTheConditionHolds) {
  int asked = 0;
  EXPECT_TRUE(WaitFor([&] { return ++asked == 3; }, 10s));
  EXPECT_EQ(asked, 3);
}

TEST(WaitFor, GivesUpAtItsLimitAfterAskingAtLeastOnce) {
  int asked = 0;
  EXPECT_FALSE(WaitFor([&] { return ++asked == 0; }, 0ms));
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace pathways::testing
