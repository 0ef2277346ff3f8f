#include "libs/forms/words.h"

#include <gtest/gtest.h>

namespace pathways::forms {
namespace {

TEST(Words, AreCountedAsBrowsersDo) {
  EXPECT_EQ(LengthOf("caf\xC3\xA9"), 4u);
  EXPECT_EQ(LengthOf("\xF0\x9F\x98\x80"), 2u);  // an emoji: two UTF-16 units
  EXPECT_EQ(LengthOf("\xE2\x80\x99"), 1u);
}

}  // namespace
}  // namespace pathways::forms
