#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pathways::tabular {

/// Bytes of the well-formed UTF-8 character at the start of `text`; 0 when there is none (Unicode
/// 15, table 3-7).
size_t Utf8CharacterSize(std::string_view text);

/// Position of the first byte that is not part of a well-formed character; text.size() when all of
/// it is UTF-8.
size_t FirstInvalidUtf8(std::string_view text);

/// Position of the first byte above 127 at or after `from`; text.size() when there is none. Fast:
/// eight at a time.
size_t FirstNonAscii(std::string_view text, size_t from = 0);

/// `text` with U+FFFD for every byte that is not UTF-8, and without NUL bytes.
std::string ScrubUtf8(std::string_view text);

}  // namespace pathways::tabular
