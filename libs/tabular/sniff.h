#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/status/status.h"

namespace pathways::tabular {

/// UTF-8's byte order mark, which spreadsheets write at the start of a file.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// How much of a file CheckIsText wants to see (less when the file is shorter).
inline constexpr size_t kSniffBytes = 512;

/// InvalidArgument, saying what the file is and what to do, when its first bytes are those of a
/// workbook, a PDF, a picture, UTF-16 or anything else that is not text in UTF-8.
absl::Status CheckIsText(std::string_view head);

/// The delimiter of a table whose header line is `line`: the most frequent outside quotes of comma,
/// tab and semicolon, in that order when equal.
char GuessDelimiter(std::string_view line);

/// The delimiter that Excel's first line `sep=;` names; nothing for any other line.
std::optional<char> NamedDelimiter(std::string_view line);

}  // namespace pathways::tabular
