#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "libs/tabular/problem.h"

namespace pathways::tabular {

// What CsvReader says about records it cannot read. Rows are filled in by the caller.

/// `nul_byte` or `not_utf8`, for the first such byte of `raw`; nothing when its bytes are all
/// right.
std::optional<Problem> FindByteProblem(std::string_view raw, char delimiter,
                                       std::span<const std::string> names);

/// `bad_quote`: a quotation mark inside, or text after, a cell.
Problem BadQuoteProblem(std::string_view line, std::string_view column);

/// `open_quote`: a quotation mark that is never closed.
Problem OpenQuoteProblem(std::string_view line, std::string_view column);

/// `record_too_long`; `start` is as much of the record as is held.
Problem TooLongProblem(std::string_view start, size_t max_bytes);

/// `cell_count`.
Problem CellCountProblem(std::string_view raw, size_t cells, size_t columns);

}  // namespace pathways::tabular
