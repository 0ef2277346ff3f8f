#include "libs/tabular/split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "libs/tabular/quoted_record.h"

namespace pathways::tabular {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

std::vector<std::string_view> Split(std::string_view body, char delimiter = ',') {
  std::vector<std::string_view> fields;
  SplitPlain(body, delimiter, &fields);
  return fields;
}

TEST(SplitPlain, KeepsEmptyCellsAndTrimsSpaces) {
  EXPECT_THAT(Split("a,,b,"), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(Split(" a b ,  ,\t"), ElementsAre("a b", "", "\t"));
  EXPECT_THAT(Split(""), ElementsAre(""));
}

// The fast path may only be taken because it cuts exactly as libcsv would.
TEST(SplitPlain, CutsAsLibcsvDoes) {
  constexpr std::string_view kBytes = "ab  ,,;;\t\t\\/'=\xC3\xA9\x01";
  std::mt19937 random(20260901);
  QuotedRecord libcsv;
  std::vector<std::string_view> fields;
  for (int i = 0; i < 100'000; ++i) {
    const char delimiter = ",;\t"[random() % 3];
    std::string line =
        "x";  // libcsv has no record for a line of spaces; the reader skips it as blank
    for (size_t n = random() % 20; n > 0; --n) line += kBytes[random() % kBytes.size()];
    if (random() % 2 == 0) std::swap(line.front(), line.back());
    if (line.find_first_not_of(' ') == std::string::npos) continue;
    SplitPlain(line, delimiter, &fields);
    libcsv.set_delimiter(delimiter);
    ASSERT_EQ(libcsv.Feed(line + (random() % 2 == 0 ? "\n" : "\r\n")), QuotedRecord::State::kDone);
    ASSERT_THAT(libcsv.fields(), ElementsAreArray(fields)) << line;
    libcsv.Reset();
  }
}

TEST(LineScanner, CutsAtEveryLineEndAndSaysWhatTheLineHolds) {
  LineScanner scanner("one\r\ntw\"o\rth\xC3\xA9\nrest\r");
  EXPECT_EQ(scanner.Next()->text, "one\r\n");
  const Line two = *scanner.Next();
  EXPECT_EQ(two.text, "tw\"o\r");
  EXPECT_TRUE(two.has_quote);
  EXPECT_FALSE(two.has_non_ascii);
  const Line three = *scanner.Next();
  EXPECT_EQ(three.text, "th\xC3\xA9\n");
  EXPECT_FALSE(three.has_quote);
  EXPECT_TRUE(three.has_non_ascii);
  EXPECT_FALSE(scanner.Next().has_value()) << "a LF may still follow";
  EXPECT_EQ(scanner.rest(), "rest\r");
}

TEST(LineScanner, SaysTheSameOfALineAsLookingAtItAlone) {
  constexpr std::string_view kBytes("a\"\0\r\n\n\xC3\xA9", 8);
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string data;
    for (size_t n = random() % 40; n > 0; --n) data += kBytes[random() % kBytes.size()];
    LineScanner scanner(data);
    while (const std::optional<Line> line = scanner.Next()) {
      const Line alone = InspectLine(line->text);
      ASSERT_EQ(line->has_quote, alone.has_quote);
      ASSERT_EQ(line->has_nul, alone.has_nul);
      ASSERT_EQ(line->has_non_ascii, alone.has_non_ascii);
    }
  }
}

}  // namespace
}  // namespace pathways::tabular
