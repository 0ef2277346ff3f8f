#include "libs/tabular/csv_writer.h"

#include "libs/tabular/formula.h"

namespace pathways::tabular {
namespace {

// Every delimiter a reader might guess counts, so that no cell can change the guess; spaces at the
// ends would be trimmed from an unquoted cell.
bool NeedsQuotes(std::string_view cell, char delimiter) {
  if (cell.empty()) return false;
  return cell.find_first_of(",;\t\"\r\n") != std::string_view::npos ||
         cell.find(delimiter) != std::string_view::npos || cell.front() == ' ' ||
         cell.back() == ' ';
}

}  // namespace

void CsvWriter::WriteRecord(std::span<const std::string_view> cells) {
  bool first = true;
  for (const std::string_view cell : cells) {
    if (!first) out_->push_back(format_.delimiter);
    first = false;
    WriteCell(cell);
  }
  out_->append(format_.line_end);
}

void CsvWriter::WriteCell(std::string_view cell) {
  const bool quotes = NeedsQuotes(cell, format_.delimiter);
  if (quotes) out_->push_back('"');
  if (NeedsFormulaGuard(cell)) out_->push_back('\'');
  for (size_t quote; (quote = cell.find('"')) != std::string_view::npos;
       cell.remove_prefix(quote + 1)) {
    out_->append(cell.substr(0, quote)).append("\"\"");
  }
  out_->append(cell);
  if (quotes) out_->push_back('"');
}

}  // namespace pathways::tabular
