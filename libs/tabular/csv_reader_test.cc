#include "libs/tabular/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/tabular/csv_reading.h"

namespace pathways::tabular {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
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

}  // namespace
}  // namespace pathways::tabular
