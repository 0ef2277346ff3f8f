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

TEST(Grid, IsBothInMetresOrNeither) {
  std::optional<GridReference> grid;
  EXPECT_TRUE(ParseGrid("504960", "249570", &grid));
  EXPECT_EQ(grid, (GridReference{504960, 249570}));
  for (const char* nothing : {"", "0"}) {
    EXPECT_TRUE(ParseGrid(nothing, nothing, &grid));
    EXPECT_FALSE(grid.has_value());
  }
  EXPECT_FALSE(ParseGrid("504960", "", &grid));
  EXPECT_FALSE(ParseGrid("-1", "249570", &grid));
  EXPECT_FALSE(ParseGrid("504960.5", "249570", &grid));
  EXPECT_FALSE(ParseGrid("700001", "249570", &grid));
}

}  // namespace
}  // namespace pathways::registry
