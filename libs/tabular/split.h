#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "libs/tabular/utf8.h"

namespace pathways::tabular {

/// Cuts a record without quotation marks at its delimiters, spaces around each cell removed. The
/// cells point into `body`.
void SplitPlain(std::string_view body, char delimiter, std::vector<std::string_view>* fields);

/// `text` without the LF, CRLF or CR at its end.
std::string_view StripLineEnd(std::string_view text);

/// A physical line and what a reader must know before cutting it.
struct Line {
  std::string_view text;  ///< its line end included
  bool has_quote = false;
  bool has_nul = false;
  bool has_non_ascii = false;
};

/// Looks at one line on its own.
Line InspectLine(std::string_view text);

/// Cuts a buffer into lines at LF, CRLF and CR. What is rare in a register (quotes, CR, NUL,
/// non-ASCII) is searched for once a buffer, not once a line: each search stands still at its next
/// find until the lines catch up with it.
class LineScanner {
 public:
  explicit LineScanner(std::string_view data)
      : data_(data), line_feed_('\n'), carriage_return_('\r'), quote_('"'), nul_('\0') {}

  /// The next line; nothing when the rest has no line end, or only a CR whose LF may still be on
  /// its way.
  std::optional<Line> Next() {
    const size_t end = LineEnd();
    if (end == std::string_view::npos) return std::nullopt;
    const Line line{.text = data_.substr(at_, end - at_),
                    .has_quote = quote_.Next(data_, at_) < end,
                    .has_nul = nul_.Next(data_, at_) < end,
                    .has_non_ascii = NextNonAscii() < end};
    at_ = end;
    return line;
  }

  /// What is left after the last line.
  std::string_view rest() const { return data_.substr(at_); }

 private:
  class ByteSearch {
   public:
    explicit ByteSearch(char byte) : byte_(byte) {}
    size_t Next(std::string_view data, size_t from) {
      if (!searched_ || found_ < from) {
        found_ = std::min(data.find(byte_, from), data.size());
        searched_ = true;
      }
      return found_;
    }

   private:
    char byte_;
    bool searched_ = false;
    size_t found_ = 0;
  };

  size_t LineEnd() {
    const size_t line_feed = line_feed_.Next(data_, at_);
    const size_t carriage_return = carriage_return_.Next(data_, at_);
    if (carriage_return < line_feed) {
      if (carriage_return + 1 == data_.size()) return std::string_view::npos;
      return carriage_return + (data_[carriage_return + 1] == '\n' ? 2 : 1);
    }
    return line_feed == data_.size() ? std::string_view::npos : line_feed + 1;
  }

  size_t NextNonAscii() {
    if (non_ascii_ == std::string_view::npos || non_ascii_ < at_)
      non_ascii_ = FirstNonAscii(data_, at_);
    return non_ascii_;
  }

  std::string_view data_;
  size_t at_ = 0;
  ByteSearch line_feed_;
  ByteSearch carriage_return_;
  ByteSearch quote_;
  ByteSearch nul_;
  size_t non_ascii_ = std::string_view::npos;
};

}  // namespace pathways::tabular
