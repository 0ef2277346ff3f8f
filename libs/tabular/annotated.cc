#include "libs/tabular/annotated.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/tabular/formula.h"
#include "libs/tabular/header.h"
#include "libs/tabular/split.h"
#include "libs/tabular/utf8.h"

namespace pathways::tabular {
namespace {

size_t FindErrorsColumn(std::span<const std::string_view> names) {
  const auto found = std::find_if(names.begin(), names.end(), [](std::string_view name) {
    return NormalName(name) == kErrorsColumn;
  });
  return static_cast<size_t>(found - names.begin());
}

// The value stands beside it in the file; the row only matters when the row itself could not be
// kept.
std::string Comment(std::span<const Problem> problems, bool with_row = false) {
  std::string comment;
  for (const Problem& problem : problems) {
    const Problem shown{.row = with_row ? problem.row : 0,
                        .column = problem.column,
                        .reason = problem.reason,
                        .advice = problem.advice};
    absl::StrAppend(&comment, comment.empty() ? "" : " | ", Describe(shown));
  }
  return comment;
}

}  // namespace

AnnotatedFile::AnnotatedFile(std::string* out, std::span<const std::string_view> names,
                             char delimiter)
    : delimiter_(delimiter),
      columns_(names.size()),
      errors_at_(FindErrorsColumn(names)),
      writer_(out, {.delimiter = delimiter}) {
  Write({names.begin(), names.end()}, kErrorsColumn);
}

void AnnotatedFile::Add(std::span<const std::string_view> fields,
                        std::span<const Problem> problems) {
  Write({fields.begin(), fields.end()}, Comment(problems));
}

void AnnotatedFile::AddRaw(std::string_view raw, std::span<const Problem> problems) {
  const std::string clean = ScrubUtf8(raw);
  std::vector<std::string_view> cells;
  SplitPlain(clean, delimiter_, &cells);
  Write(std::move(cells), Comment(problems, /*with_row=*/raw.empty()));
}

// A row with too few cells is filled up, so that the comment stands in its column; cells too many
// follow the comment.
void AnnotatedFile::Write(std::vector<std::string_view> cells, std::string_view comment) {
  cells.resize(std::max(cells.size(), columns_));
  if (errors_at_ < columns_) cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(errors_at_));
  // The writer guards formulas again; without this, each round would add an apostrophe.
  for (std::string_view& cell : cells) cell = StripFormulaGuard(cell);
  const size_t own = columns_ - (errors_at_ < columns_ ? 1 : 0);
  cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(own), comment);
  writer_.WriteRecord(cells);
}

}  // namespace pathways::tabular
