#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/tabular/problem.h"

namespace pathways::tabular {

/// A column an importer understands.
struct WantedColumn {
  /// The name we publish for it; it always matches itself.
  std::string_view key;
  bool required = false;
  /// Other names it arrives under. Compared as NormalName does.
  std::vector<std::string_view> synonyms = {};
};

/// The name of the column that AnnotatedFile adds; a file that comes back corrected still has it.
inline constexpr std::string_view kErrorsColumn = "errors";

/// `name` in lower case without anything but ASCII letters and digits: "Date of birth" is
/// "dateofbirth".
std::string NormalName(std::string_view name);

/// Where each wanted column stands in one file.
class HeaderMap {
 public:
  /// Looks up `wanted` among the header's `names`. Where several names match one wanted column, its
  /// own key wins; otherwise it is a problem (`duplicate_column`). All missing required columns are
  /// named in one problem
  /// (`missing_columns`), with what was found instead. `wanted` is only read during the call.
  static HeaderMap Resolve(std::span<const WantedColumn> wanted,
                           std::span<const std::string_view> names);

  /// True when the file can be read: nothing required is missing, nothing is there twice.
  bool ok() const { return problems_.empty(); }
  const std::vector<Problem>& problems() const { return problems_; }

  /// Index into Record::fields of the i-th wanted column; nothing when the file does not have it.
  std::optional<size_t> index(size_t wanted) const { return indices_[wanted]; }

  /// The cell of the i-th wanted column; empty when the file does not have the column.
  std::string_view Cell(std::span<const std::string_view> fields, size_t wanted) const {
    return indices_[wanted] ? fields[*indices_[wanted]] : std::string_view();
  }

  /// The i-th wanted column as the file names it (for a Problem); its key when the file does not
  /// have it.
  const std::string& name(size_t wanted) const { return names_[wanted]; }

  /// Columns nobody asked for, as the file names them: worth a note, not an error.
  const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  std::vector<std::optional<size_t>> indices_;
  std::vector<std::string> names_;
  std::vector<std::string> unknown_;
  std::vector<Problem> problems_;
};

}  // namespace pathways::tabular
