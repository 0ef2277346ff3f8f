#include "services/registry/domain/school.h"

#include <gtest/gtest.h>

namespace pathways::registry {
namespace {

TEST(SchoolStatus, IsOpenUntilItCloses) {
  EXPECT_EQ(SchoolStatus(""), "open");
  EXPECT_EQ(SchoolStatus("Open"), "open");
  EXPECT_EQ(SchoolStatus("Open, but proposed to close"), "open");
  EXPECT_EQ(SchoolStatus("Closed"), "closed");
  EXPECT_EQ(SchoolStatus("Proposed to open"), "closed");
}

TEST(Headcount, KeepsSymbolsApartFromNumbers) {
  std::optional<std::int32_t> count;
  EXPECT_TRUE(ParseHeadcount("371", &count));
  EXPECT_EQ(count, 371);
  EXPECT_TRUE(ParseHeadcount("0", &count));
  EXPECT_EQ(count, 0);
  for (const char* symbol : {"", "z", "x", "c", "low", ":"}) {
    EXPECT_TRUE(ParseHeadcount(symbol, &count)) << symbol;
    EXPECT_FALSE(count.has_value()) << symbol;
  }
  EXPECT_FALSE(ParseHeadcount("-1", &count));
  EXPECT_FALSE(ParseHeadcount("many", &count));
}

}  // namespace
}  // namespace pathways::registry
