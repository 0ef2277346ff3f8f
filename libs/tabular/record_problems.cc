#include "libs/tabular/record_problems.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "libs/tabular/utf8.h"

namespace pathways::tabular {
namespace {

struct CellAt {
  size_t index = 0;
  std::string_view text;
};

// The cell around position `at`; quotes are not looked at, so it is a hint for people.
CellAt FindCell(std::string_view raw, size_t at, char delimiter) {
  const std::string_view before = raw.substr(0, at);
  const size_t begin = before.rfind(delimiter) + 1;  // npos + 1 is 0
  return {.index = static_cast<size_t>(std::count(before.begin(), before.end(), delimiter)),
          .text = raw.substr(begin, raw.find(delimiter, at) - begin)};
}

}  // namespace

std::optional<Problem> FindByteProblem(std::string_view raw, char delimiter,
                                       std::span<const std::string> names) {
  const size_t nul = raw.find('\0');
  const size_t invalid = FirstInvalidUtf8(raw);
  if (nul == std::string_view::npos && invalid == raw.size()) return std::nullopt;
  const CellAt cell = FindCell(raw, std::min(nul, invalid), delimiter);
  Problem problem{.column = cell.index < names.size() ? names[cell.index] : "",
                  .value = Excerpt(cell.text)};
  if (nul < invalid) {
    problem.reason = "The cell holds a NUL byte, which is not text.";
    problem.advice = "Type the cell again, or export the file again from the school’s system.";
    problem.code = "nul_byte";
  } else {
    problem.reason = "The cell holds a character that is not in UTF-8.";
    problem.advice = "Save the file as “CSV UTF-8 (comma delimited)”, or type the cell again.";
    problem.code = "not_utf8";
  }
  return problem;
}

Problem BadQuoteProblem(std::string_view line, std::string_view column) {
  return {.column = std::string(column),
          .value = Excerpt(line),
          .reason = "A quotation mark stands inside a cell or has text after it.",
          .advice =
              "Put the whole cell in quotation marks and write each one inside it twice, or "
              "take them out.",
          .code = "bad_quote"};
}

Problem OpenQuoteProblem(std::string_view line, std::string_view column) {
  return {.column = std::string(column),
          .value = Excerpt(line),
          .reason = "A quotation mark opens a cell and is never closed.",
          .advice = "Add the closing quotation mark, or take the opening one out.",
          .code = "open_quote"};
}

Problem TooLongProblem(std::string_view start, size_t max_bytes) {
  return {.value = Excerpt(start),
          .reason = absl::StrFormat("The row is longer than %d bytes.", max_bytes),
          .advice = "Check that the file has one row a line, and shorten or remove this row.",
          .code = "record_too_long"};
}

Problem CellCountProblem(std::string_view raw, size_t cells, size_t columns) {
  return {.value = Excerpt(raw),
          .reason = absl::StrFormat("The row has %d %s; the header has %d.", cells,
                                    cells == 1 ? "cell" : "cells", columns),
          .advice =
              "Look for a missing or extra separator, or a cell that needs quotation marks; "
              "remove the row if it is a total or a note.",
          .code = "cell_count"};
}

}  // namespace pathways::tabular
