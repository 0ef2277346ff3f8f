#include "libs/tabular/header.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace pathways::tabular {
namespace {

// The header of one file while its columns are given away.
class Columns {
 public:
  explicit Columns(std::span<const std::string_view> names) : names_(names), taken_(names.size()) {
    for (const std::string_view name : names) normal_.push_back(NormalName(name));
  }

  // Columns of this normal name that nobody has yet.
  std::vector<size_t> Free(std::string_view normal) const {
    std::vector<size_t> found;
    for (size_t i = 0; i < normal_.size(); ++i) {
      if (!taken_[i] && normal_[i] == normal) found.push_back(i);
    }
    return found;
  }

  void Take(std::span<const size_t> columns) {
    for (const size_t column : columns) taken_[column] = true;
  }

  std::string Name(size_t column) const { return std::string(names_[column]); }

  // Names nobody wanted.
  std::vector<std::string> Unknown() const {
    std::vector<std::string> unknown;
    for (size_t i = 0; i < names_.size(); ++i) {
      if (!taken_[i] && !normal_[i].empty() && normal_[i] != kErrorsColumn)
        unknown.push_back(Name(i));
    }
    return unknown;
  }

 private:
  std::span<const std::string_view> names_;
  std::vector<std::string> normal_;
  std::vector<bool> taken_;
};

std::vector<size_t> FreeSynonyms(const Columns& columns, const WantedColumn& wanted) {
  std::vector<size_t> found;
  for (const std::string_view synonym : wanted.synonyms) {
    for (const size_t column : columns.Free(NormalName(synonym))) found.push_back(column);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Problem DuplicateColumn(const Columns& columns, std::string_view key,
                        std::span<const size_t> found) {
  std::vector<std::string> names;
  for (const size_t column : found) names.push_back(columns.Name(column));
  return {.column = names.front(),
          .value = Excerpt(absl::StrJoin(names, ", ")),
          .reason = absl::StrFormat("%d columns could be “%s”.", found.size(), key),
          .advice = "Keep the right one and remove or rename the others.",
          .code = "duplicate_column"};
}

Problem MissingColumns(std::span<const std::string> missing,
                       std::span<const std::string_view> names) {
  std::vector<std::string> found(names.begin(), names.end());
  return {.value = Excerpt(absl::StrJoin(found, ", ")),
          .reason = absl::StrFormat("The file has no column %s.", absl::StrJoin(missing, ", ")),
          .advice = "Check that this is the right file and that its first row names the columns.",
          .code = "missing_columns"};
}

}  // namespace

std::string NormalName(std::string_view name) {
  std::string normal;
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      normal.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  }
  return normal;
}

HeaderMap HeaderMap::Resolve(std::span<const WantedColumn> wanted,
                             std::span<const std::string_view> names) {
  HeaderMap map;
  map.indices_.resize(wanted.size());
  Columns columns(names);
  const auto give = [&](size_t i, const std::vector<size_t>& found) {
    if (found.size() > 1) map.problems_.push_back(DuplicateColumn(columns, wanted[i].key, found));
    if (!found.empty()) map.indices_[i] = found.front();
    columns.Take(found);
  };
  // All keys before any synonym: a column named exactly as one field is published belongs to that
  // field, whatever else it might mean.
  for (size_t i = 0; i < wanted.size(); ++i) give(i, columns.Free(NormalName(wanted[i].key)));
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (!map.indices_[i]) give(i, FreeSynonyms(columns, wanted[i]));
  }
  std::vector<std::string> missing;
  for (size_t i = 0; i < wanted.size(); ++i) {
    const std::optional<size_t> index = map.indices_[i];
    map.names_.push_back(index ? columns.Name(*index) : std::string(wanted[i].key));
    if (wanted[i].required && !index) missing.push_back(map.names_.back());
  }
  if (!missing.empty()) map.problems_.push_back(MissingColumns(missing, names));
  map.unknown_ = columns.Unknown();
  return map;
}

}  // namespace pathways::tabular
