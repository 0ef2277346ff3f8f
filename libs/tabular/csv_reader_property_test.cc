// Properties of the reader, over documents made from a seed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "libs/tabular/csv_reading.h"
#include "libs/tabular/csv_writer.h"
#include "libs/tabular/formula.h"

namespace pathways::tabular {
namespace {

using testing::IsEmpty;

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  size_t Below(size_t bound) {
    return std::uniform_int_distribution<size_t>(0, bound - 1)(random_);
  }

  // Text of the pieces that have a meaning to some part of the reader.
  std::string Text(std::span<const std::string_view> pieces, size_t max_pieces) {
    std::string text;
    for (size_t n = Below(max_pieces + 1); n > 0; --n) text += pieces[Below(pieces.size())];
    return text;
  }

 private:
  std::mt19937 random_;
};

constexpr std::string_view kNul("\0", 1);
constexpr std::string_view kAnything[] = {"a",        "b",        ",",  ",",    "\n", "\n",
                                          "\r\n",     "\r",       "\"", "\"\"", " ",  "\t",
                                          "\xC3\xA9", "\xE2\x82", ";",  kNul,   "\\", "1,2,3\n"};
constexpr std::string_view kCellPieces[] = {"a", "7", ",", ";", "\t", "\n", "\r\n", "\r", "\"",
                                            " ", "'", "=", "+", "-",  "@",  "\\",   "/",  "é"};
constexpr std::string_view kPlainPieces[] = {"a", "7", " ", "\t", "'", "\\", "/", "é", "-"};

TEST(CsvReaderProperty, PieceBoundariesChangeNothing) {
  for (unsigned seed = 0; seed < 4'000; ++seed) {
    Generator generator(seed);
    const CsvLimits limits{.max_record_bytes = generator.Below(2) == 0 ? 20u : 1u << 20};
    const std::string text = Preamble() + generator.Text(kAnything, 60);
    const size_t largest = 1 + generator.Below(9);
    const Reading whole = Read(text, limits);
    const Reading pieces = ReadInPieces(text, limits, [&] { return 1 + generator.Below(largest); });
    ASSERT_EQ(pieces, whole) << "seed " << seed << ": " << testing::PrintToString(text.substr(600));
  }
}

TEST(CsvReaderProperty, EveryRowNumberComesOnceAndInOrder) {
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    const Reading reading = Read("a,b,c\n" + Generator(seed).Text(kAnything, 60));
    std::vector<int64_t> numbers = reading.numbers;
    for (const Problem& problem : reading.bad) numbers.push_back(problem.row);
    std::sort(numbers.begin(), numbers.end());
    EXPECT_TRUE(std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end())
        << "seed " << seed;
    EXPECT_TRUE(std::is_sorted(reading.numbers.begin(), reading.numbers.end())) << "seed " << seed;
  }
}

// The same table with every cell in quotes goes through libcsv; without, through our own cutting.
TEST(CsvReaderProperty, PlainAndQuotedPathsAgree) {
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    Generator generator(seed);
    const char delimiter = ",;\t"[generator.Below(3)];
    std::string plain, quoted;
    for (size_t row = 0; row < 12; ++row) {
      for (size_t column = 0; column < 4; ++column) {
        std::string cell = row == 0 ? std::string(1, static_cast<char>('a' + column))
                                    : generator.Text(kPlainPieces, 5);
        // Trimming and our delimiter are what quotes change; the plain cell must not need them.
        std::erase(cell, delimiter);
        while (cell.starts_with(' ')) cell.erase(0, 1);
        while (cell.ends_with(' ')) cell.pop_back();
        const std::string end(1, column < 3 ? delimiter : '\n');
        plain += cell + end;
        quoted += '"' + cell + '"' + end;
      }
    }
    Reading from_plain = Read(plain);
    Reading from_quoted = Read(quoted);
    from_plain.raws.clear();
    from_quoted.raws.clear();
    ASSERT_EQ(from_plain, from_quoted) << "seed " << seed;
  }
}

TEST(CsvReaderProperty, ReadsBackWhatTheWriterWrote) {
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    Generator generator(seed);
    std::string text;
    CsvWriter writer(&text, {.delimiter = ",;\t"[generator.Below(3)],
                             .line_end = generator.Below(2) == 0 ? "\n" : "\r\n"});
    writer.WriteRecord({"first", "second", "third"});
    std::vector<Row> written;
    for (int row = 0; row < 8; ++row) {
      // The last cell keeps the row from being blank, which the reader would skip.
      written.push_back({generator.Text(kCellPieces, 6), generator.Text(kCellPieces, 6), "x"});
      const Row& cells = written.back();
      writer.WriteRecord({cells[0], cells[1], cells[2]});
    }
    Reading reading = ReadInPieces(text, {}, [&] { return 1 + generator.Below(40); });
    for (Row& row : reading.rows) {
      for (std::string& cell : row) cell = std::string(StripFormulaGuard(cell));
    }
    ASSERT_EQ(reading.rows, written) << "seed " << seed;
    ASSERT_THAT(reading.bad, IsEmpty());
  }
}

}  // namespace
}  // namespace pathways::tabular
