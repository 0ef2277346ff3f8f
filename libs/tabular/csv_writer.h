#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace pathways::tabular {

struct CsvFormat {
  char delimiter = ',';
  /// "\n" or "\r\n".
  std::string_view line_end = "\n";
};

/// Appends RFC 4180 records to a string that the caller sends on and clears as it grows. Cells that
/// a spreadsheet would run as formulas get an apostrophe in front (NeedsFormulaGuard); cells are
/// quoted only where a reader needs it. CsvReader reads back what it writes, with StripFormulaGuard
/// for the apostrophes. Not thread-safe.
class CsvWriter {
 public:
  /// `out` must outlive the writer.
  explicit CsvWriter(std::string* out, CsvFormat format = {}) : out_(out), format_(format) {}

  void WriteRecord(std::span<const std::string_view> cells);
  void WriteRecord(std::initializer_list<std::string_view> cells) {
    WriteRecord(std::span(cells.begin(), cells.size()));
  }

 private:
  void WriteCell(std::string_view cell);

  std::string* out_;
  CsvFormat format_;
};

}  // namespace pathways::tabular
