#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/tabular/csv_writer.h"
#include "libs/tabular/problem.h"

namespace pathways::tabular {

/// The file of refused rows that a person corrects and uploads again: the header as it was plus a
/// column `errors`, then each refused row as it was with what is wrong with it. HeaderMap ignores
/// the added column on its way back in, so it need not be removed. Not thread-safe.
class AnnotatedFile {
 public:
  /// Writes the header. `out` must outlive this object; the caller may send and clear it between
  /// calls. `names` are the header's cells; an `errors` column already there is dropped and made
  /// anew.
  AnnotatedFile(std::string* out, std::span<const std::string_view> names, char delimiter = ',');

  /// A row that was read but refused.
  void Add(std::span<const std::string_view> fields, std::span<const Problem> problems);

  /// A row that could not be read (BadRecord): `raw` is cut at the delimiters as far as that goes,
  /// bytes that are not UTF-8 become U+FFFD, NUL bytes are dropped. Leave `raw` empty when it is
  /// not complete.
  void AddRaw(std::string_view raw, std::span<const Problem> problems);

 private:
  void Write(std::vector<std::string_view> cells, std::string_view comment);

  char delimiter_;
  size_t columns_;
  /// Where the file that is being corrected had its own `errors` column; columns_ if it had none.
  size_t errors_at_;
  CsvWriter writer_;
};

}  // namespace pathways::tabular
