#include "libs/tabular/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "libs/tabular/csv_writer.h"
#include "libs/tabular/formula.h"

namespace pathways::tabular {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Row = std::vector<std::string>;

// Everything a reader said about one file.
struct Reading {
  absl::Status status;
  Row header;
  std::vector<Row> rows;
  std::vector<int64_t> numbers;
  std::vector<std::string> raws;
  std::vector<Problem> bad;
  std::vector<std::string> bad_raws;
  char delimiter = 0;

  bool operator==(const Reading&) const = default;

  friend void PrintTo(const Reading& reading, std::ostream* out) {
    *out << reading.status;
    for (size_t i = 0; i < reading.rows.size(); ++i) {
      *out << "\n" << reading.numbers[i] << ": " << testing::PrintToString(reading.rows[i]);
    }
    for (size_t i = 0; i < reading.bad.size(); ++i) {
      *out << "\n" << Describe(reading.bad[i]) << " [" << Excerpt(reading.bad_raws[i]) << "]";
    }
  }
};

Row ToRow(std::span<const std::string_view> fields) { return {fields.begin(), fields.end()}; }

CsvCallbacks RecordTo(Reading* reading) {
  return {.on_header =
              [reading](const Record& record) {
                reading->header = ToRow(record.fields);
                return absl::OkStatus();
              },
          .on_record =
              [reading](const Record& record) {
                reading->rows.push_back(ToRow(record.fields));
                reading->numbers.push_back(record.row_number);
                reading->raws.emplace_back(record.raw);
                return absl::OkStatus();
              },
          .on_bad_record =
              [reading](const BadRecord& record) {
                reading->bad.push_back(record.problem);
                reading->bad_raws.emplace_back(record.raw);
                return absl::OkStatus();
              }};
}

// Reads `text` in pieces whose sizes `next_size` chooses.
template <typename NextSize>
Reading ReadInPieces(std::string_view text, CsvLimits limits, NextSize next_size) {
  Reading reading;
  CsvReader reader(limits, RecordTo(&reading));
  while (!text.empty()) {
    // A piece of its own memory, so that a view kept too long is caught by the address sanitizer.
    const std::string piece(text.substr(0, next_size()));
    text.remove_prefix(piece.size());
    if (!reader.Feed(piece).ok()) break;
  }
  reading.status = reader.Finish();
  reading.delimiter = reader.delimiter();
  return reading;
}

Reading Read(std::string_view text, CsvLimits limits = {}) {
  return ReadInPieces(text, limits, [&] { return text.size(); });
}

// A header and good rows: more than the reader wants to see before it starts, so that the pieces
// that follow reach it as they are.
std::string Preamble() {
  std::string text = "a,b,c\n";
  while (text.size() < 600) text += "1,2,3\n";
  return text;
}

auto Bad(int64_t row, std::string_view code) {
  return AllOf(Field("row", &Problem::row, row), Field("code", &Problem::code, code));
}

TEST(CsvReader, ReadsHeaderAndRows) {
  const Reading reading = Read("upn,date,am,pm\nA1,2025-09-01,/,\\\nB2,2025-09-01,I,\n");
  EXPECT_TRUE(reading.status.ok());
  EXPECT_THAT(reading.header, ElementsAre("upn", "date", "am", "pm"));
  EXPECT_THAT(reading.rows,
              ElementsAre(Row{"A1", "2025-09-01", "/", "\\"}, Row{"B2", "2025-09-01", "I", ""}));
  EXPECT_THAT(reading.numbers, ElementsAre(2, 3));
  EXPECT_THAT(reading.raws, ElementsAre("A1,2025-09-01,/,\\", "B2,2025-09-01,I,"));
  EXPECT_THAT(reading.bad, IsEmpty());
}

TEST(CsvReader, AcceptsEveryLineEndAndNoneAtTheEnd) {
  const Reading line_feed = Read("a,b\n1,2\n3,4\n");
  EXPECT_EQ(Read("a,b\r\n1,2\r\n3,4\r\n"), line_feed);
  EXPECT_EQ(Read("a,b\r1,2\r3,4\r"), line_feed);
  EXPECT_EQ(Read("a,b\n1,2\r\n3,4"), line_feed);
  EXPECT_EQ(Read("a,b\r1,2\r3,4"), line_feed);
}

TEST(CsvReader, DropsTheByteOrderMark) {
  EXPECT_THAT(Read("\xEF\xBB\xBFupn,date\nA,B\n").header, ElementsAre("upn", "date"));
}

TEST(CsvReader, FindsTheDelimiterInTheHeader) {
  EXPECT_EQ(Read("a;b;c\n1,5;2;3\n").rows, std::vector<Row>({{"1,5", "2", "3"}}));
  EXPECT_EQ(Read("a\tb\n1\t2\n").rows, std::vector<Row>({{"1", "2"}}));
  EXPECT_EQ(Read("\"x;y;z\",b\n1,2\n").rows, std::vector<Row>({{"1", "2"}}));
  EXPECT_EQ(Read("upn\nA1\n").rows, std::vector<Row>({{"A1"}}));
  EXPECT_EQ(Read("a\tb\n1\t2\n").delimiter, '\t');
}

TEST(CsvReader, FollowsExcelsLineThatNamesTheDelimiter) {
  const Reading reading = Read("sep=;\r\na,b;c\r\n1;2\r\n");
  EXPECT_THAT(reading.header, ElementsAre("a,b", "c"));
  EXPECT_THAT(reading.numbers, ElementsAre(2));
}

TEST(CsvReader, ResolvesQuotes) {
  const Reading reading = Read("a,b\n\"x, \"\"y\"\"\",2\n\"\", \" z \" \n");
  EXPECT_EQ(reading.rows, std::vector<Row>({{"x, \"y\"", "2"}, {"", " z "}}));
}

TEST(CsvReader, CountsARecordOverSeveralLinesAsOneRow) {
  const Reading reading = Read("a,b\n\"one\r\ntwo\nthree\",1\nx,2\n");
  EXPECT_EQ(reading.rows, std::vector<Row>({{"one\r\ntwo\nthree", "1"}, {"x", "2"}}));
  EXPECT_THAT(reading.numbers, ElementsAre(2, 3));
  EXPECT_EQ(reading.raws.front(), "\"one\r\ntwo\nthree\",1");
}

TEST(CsvReader, SkipsBlankRowsButCountsThem) {
  const Reading reading = Read("\n  \na,b\n\n,\n \"\" , \n1,2\n\n");
  EXPECT_EQ(reading.rows, std::vector<Row>({{"1", "2"}}));
  EXPECT_THAT(reading.numbers, ElementsAre(7));
  EXPECT_THAT(reading.bad, IsEmpty());
}

TEST(CsvReader, TrimsSpacesButNothingElse) {
  EXPECT_EQ(Read("a,b\n  1 , 2\t \n").rows, std::vector<Row>({{"1", "2\t"}}));
}

TEST(CsvReader, ForgivesEmptyCellsAtTheEndOfRowsAndHeader) {
  EXPECT_EQ(Read("a,b\n1,2,,\n").rows, std::vector<Row>({{"1", "2"}}));
  EXPECT_EQ(Read("a,b,,\n1,2,,\n").rows, std::vector<Row>({{"1", "2"}}));
}

TEST(CsvReader, ReportsWrongNumberOfCellsAndGoesOn) {
  const Reading reading = Read("a,b,c\n1,2\n1,2,3,4\n5,6,7\n");
  EXPECT_THAT(reading.bad, ElementsAre(Bad(2, "cell_count"), Bad(3, "cell_count")));
  EXPECT_EQ(reading.bad[0].reason, "The row has 2 cells; the header has 3.");
  EXPECT_EQ(reading.bad[0].value, "1,2");
  EXPECT_THAT(reading.bad_raws, ElementsAre("1,2", "1,2,3,4"));
  EXPECT_EQ(reading.rows, std::vector<Row>({{"5", "6", "7"}}));
  EXPECT_THAT(reading.numbers, ElementsAre(4));
}

TEST(CsvReader, ReportsBytesThatAreNotUtf8WithTheirColumn) {
  const Reading reading = Read("upn,surname\nA,Zo\xEB\nB,Zo\xC3\xAB\nC,Half\xE2\x82\nD,\"\xFF\"\n");
  EXPECT_THAT(reading.bad, ElementsAre(Bad(2, "not_utf8"), Bad(4, "not_utf8"), Bad(5, "not_utf8")));
  EXPECT_EQ(reading.bad[0].column, "surname");
  EXPECT_EQ(reading.bad[0].value, "Zo\\xEB");
  EXPECT_EQ(reading.rows, std::vector<Row>({{"B", "Zoë"}}));
}

TEST(CsvReader, ReportsHalfACharacterAtTheEndOfTheFile) {
  EXPECT_THAT(Read("a,b\n1,\xE2\x82").bad, ElementsAre(Bad(2, "not_utf8")));
}

TEST(CsvReader, ReportsNulBytes) {
  using std::string_view_literals::operator""sv;
  const Reading reading = Read("upn,date\nA\0B,1\nC,2\n\"x\0\",3\n"sv);
  EXPECT_THAT(reading.bad, ElementsAre(Bad(2, "nul_byte"), Bad(4, "nul_byte")));
  EXPECT_EQ(reading.bad[0].column, "upn");
  EXPECT_EQ(reading.bad[0].value, "A␀B");
  EXPECT_EQ(reading.rows, std::vector<Row>({{"C", "2"}}));
}

TEST(CsvReader, ReportsQuotesOutOfPlaceAndGoesOnAtTheNextLine) {
  const Reading reading = Read("a,b\n1,5\" nail\n\"x\"y,2\n3,4\n");
  EXPECT_THAT(reading.bad, ElementsAre(Bad(2, "bad_quote"), Bad(3, "bad_quote")));
  EXPECT_EQ(reading.bad[0].column, "b");
  EXPECT_EQ(reading.bad[1].column, "a");
  EXPECT_EQ(reading.rows, std::vector<Row>({{"3", "4"}}));
  EXPECT_THAT(reading.numbers, ElementsAre(4));
}

TEST(CsvReader, AnUnclosedQuoteCostsOneRowOnly) {
  const Reading to_the_end = Read("a,b\n1,\"open\n2,3\n4,5\n");
  EXPECT_THAT(to_the_end.bad, ElementsAre(Bad(2, "open_quote")));
  EXPECT_EQ(to_the_end.bad[0].column, "b");
  EXPECT_EQ(to_the_end.bad_raws[0], "1,\"open");
  EXPECT_EQ(to_the_end.rows, std::vector<Row>({{"2", "3"}, {"4", "5"}}));
  EXPECT_THAT(to_the_end.numbers, ElementsAre(3, 4));

  const Reading to_the_next_quote = Read("a,b\n1,\"open\n2,3\n4,\"five\"\n6,7");
  EXPECT_THAT(to_the_next_quote.bad, ElementsAre(Bad(2, "open_quote")));
  EXPECT_EQ(to_the_next_quote.rows, std::vector<Row>({{"2", "3"}, {"4", "five"}, {"6", "7"}}));
}

TEST(CsvReader, AnUnclosedQuoteHoldsNoMoreThanTheLimit) {
  std::string text = "a,b\n0,\"open\n";
  for (int i = 0; i < 1'000; ++i) text += "1,2\n";
  const Reading reading = Read(text, {.max_record_bytes = 64});
  EXPECT_THAT(reading.bad, ElementsAre(Bad(2, "open_quote")));
  EXPECT_THAT(reading.rows, SizeIs(1'000));
  EXPECT_EQ(reading.numbers.back(), 1'002);
}

TEST(CsvReader, PassesOverALineOf100MegabytesWithoutHoldingIt) {
  Reading reading;
  CsvReader reader({}, RecordTo(&reading));
  ASSERT_TRUE(reader.Feed("a,b\n1,2\n").ok());
  const std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(reader.Feed(megabyte).ok());
  ASSERT_TRUE(reader.Feed("\n3,4\n").ok());
  ASSERT_TRUE(reader.Finish().ok());
  EXPECT_THAT(reading.bad, ElementsAre(Bad(3, "record_too_long")));
  EXPECT_THAT(reading.bad_raws[0], SizeIs(1'000));
  EXPECT_EQ(reading.rows, std::vector<Row>({{"1", "2"}, {"3", "4"}}));
  EXPECT_THAT(reading.numbers, ElementsAre(2, 4));
}

TEST(CsvReader, ALongLineEndingInCrLfIsOneRow) {
  const std::string text = Preamble() + std::string(100, 'x') + "\r\n4,5,6\r\n";
  const int64_t rows = std::count(text.begin(), text.end(), '\n');
  for (size_t size = 1; size < text.size(); ++size) {
    const Reading reading = ReadInPieces(text, {.max_record_bytes = 50}, [&] { return size; });
    EXPECT_THAT(reading.bad, ElementsAre(Bad(rows - 1, "record_too_long"))) << size;
    EXPECT_EQ(reading.numbers.back(), rows) << size;
  }
}

struct NotCsvFile {
  std::string_view bytes;
  std::string_view message;
};

TEST(CsvReader, SaysWhatAFileIsThatIsNotCsv) {
  using std::string_view_literals::operator""sv;
  const NotCsvFile files[] = {
      {"", "empty"},
      {"\xEF\xBB\xBF", "empty"},
      {"\n\n  \n", "empty"},
      {"%PDF-1.7\n", "a PDF document"},
      {"PK\x03\x04\x14\0\x06\0"sv, "save it as “CSV UTF-8"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "old Excel workbook"},
      {"\xFF\xFEu\0p\0n\0,\0"sv, "UTF-16"},
      {"u\0p\0n\0,\0d\0\n\0"sv, "UTF-16"},
      {"<html><table>", "a web page or XML"},
      {"{\"rows\": []}", "JSON"},
      {"a,\"b\n1,2\n", "column names"},
      {"a,b\xFF\n1,2\n", "column names"},
  };
  for (const NotCsvFile& file : files) {
    const Reading reading = Read(file.bytes);
    EXPECT_EQ(reading.status.code(), absl::StatusCode::kInvalidArgument) << file.message;
    EXPECT_THAT(std::string(reading.status.message()), HasSubstr(std::string(file.message)));
    EXPECT_THAT(reading.rows, IsEmpty());
  }
}

TEST(CsvReader, RefusesAHeaderOfTooManyColumns) {
  EXPECT_EQ(Read("a,b,c\n", {.max_fields = 2}).status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(CsvReader, StopsWhenACallbackSaysSo) {
  Reading reading;
  CsvCallbacks callbacks = RecordTo(&reading);
  callbacks.on_record = [](const Record&) { return absl::CancelledError("enough"); };
  CsvReader reader({}, std::move(callbacks));
  EXPECT_TRUE(reader.Feed("a\n").ok());
  EXPECT_TRUE(reader.Feed("1\nbad,2\n").ok()) << "too little yet to tell what the file is";
  EXPECT_EQ(reader.Finish().message(), "enough");
  EXPECT_EQ(reader.Feed("3\n").message(), "enough");
  EXPECT_THAT(reading.bad, IsEmpty());
}

// ---- properties, over documents made from a seed

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
