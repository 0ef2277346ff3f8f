#include "libs/tabular/csv_writer.h"

#include <gtest/gtest.h>

#include "libs/tabular/formula.h"

namespace pathways::tabular {
namespace {

std::string Write(std::initializer_list<std::string_view> cells, CsvFormat format = {}) {
  std::string out;
  CsvWriter(&out, format).WriteRecord(cells);
  return out;
}

TEST(CsvWriter, QuotesOnlyWhereNeeded) {
  EXPECT_EQ(Write({"a b", "", "x,y", "say \"no\"", "two\nlines"}),
            "a b,,\"x,y\",\"say \"\"no\"\"\",\"two\nlines\"\n");
  EXPECT_EQ(Write({" a", "b "}), "\" a\",\"b \"\n");
  EXPECT_EQ(Write({"a;b"}), "\"a;b\"\n") << "a reader might guess the semicolon";
}

TEST(CsvWriter, WritesTheDialectAskedFor) {
  EXPECT_EQ(Write({"a", "b"}, {.delimiter = ';', .line_end = "\r\n"}), "a;b\r\n");
}

TEST(CsvWriter, GuardsFormulas) {
  EXPECT_EQ(Write({"=1+1", "+SUM(A1)", "-2+3", "@x", "\tx"}),
            "'=1+1,'+SUM(A1),'-2+3,'@x,\"'\tx\"\n");
  EXPECT_EQ(Write({"=HYPERLINK(\"x\")"}), "\"'=HYPERLINK(\"\"x\"\")\"\n");
}

TEST(CsvWriter, LeavesNumbersAndMarksAlone) {
  EXPECT_EQ(Write({"-3", "+44.50", "-", "@", "/", "\\", "O'Neill"}),
            "-3,+44.50,-,@,/,\\,O'Neill\n");
}

TEST(CsvWriter, AppendsToWhatIsThere) {
  std::string out;
  CsvWriter writer(&out);
  writer.WriteRecord({"a"});
  writer.WriteRecord({"b"});
  EXPECT_EQ(out, "a\nb\n");
}

TEST(Formula, IsKnownByItsStart) {
  for (const std::string_view cell : {"=1", "=A1", "+A1", "-A1", "@A", "\tx", "\rx", "\n=1", "-1+1",
                                      "+1.", "-.5", "-1.2.3", "--1"}) {
    EXPECT_TRUE(LooksLikeFormula(cell)) << cell;
  }
  for (const std::string_view cell :
       {"", "=", "-", "+", "@", "-1", "+1", "-12.5", "A=1", "/", "'=1"}) {
    EXPECT_FALSE(LooksLikeFormula(cell)) << cell;
  }
}

TEST(Formula, GuardIsStrippedFromGuardedCellsOnly) {
  EXPECT_EQ(StripFormulaGuard("'=1"), "=1");
  EXPECT_EQ(StripFormulaGuard("''=1"), "'=1");
  EXPECT_EQ(StripFormulaGuard("'-1"), "'-1");
  EXPECT_EQ(StripFormulaGuard("'s-Hertogenbosch"), "'s-Hertogenbosch");
  EXPECT_EQ(StripFormulaGuard("'"), "'");
  EXPECT_EQ(StripFormulaGuard(""), "");
}

}  // namespace
}  // namespace pathways::tabular
