#include "libs/storage/rows.h"

#include <algorithm>
#include <pqxx/result>
#include <string>

#include "libs/storage/result_set.h"

namespace pathways::storage {
namespace {

std::string NameOf(const ResultSet& result, int column) {
  const auto& names = result.names();
  if (column < 0 || column >= static_cast<int>(names.size())) return std::to_string(column);
  return std::string(names[static_cast<std::size_t>(column)]);
}

}  // namespace

int Row::IndexOf(std::string_view column) const {
  const auto& names = result_->names();
  const auto found = std::ranges::find(names, column);
  if (found == names.end()) throw BadColumn("no column " + std::string(column));
  return static_cast<int>(found - names.begin());
}

std::optional<std::string_view> Row::Text(int column) const {
  const pqxx::result& result = result_->result();
  if (column < 0 || column >= static_cast<int>(result.columns()) || row_ >= result.size()) {
    throw BadColumn("no column " + std::to_string(column));
  }
  const pqxx::field field =
      result[static_cast<pqxx::result_size_type>(row_)][static_cast<pqxx::row_size_type>(column)];
  if (field.is_null()) return std::nullopt;
  return std::string_view(field.c_str(), field.size());
}

void Row::ThrowNull(int column) const {
  throw BadColumn("null in column " + NameOf(*result_, column));
}

void Row::ThrowNotA(int column, const char* type) const {
  throw BadColumn("column " + NameOf(*result_, column) + " is not a " + type);
}

Rows::Rows(std::shared_ptr<const ResultSet> result)
    : result_(std::move(result)), size_(result_->result().size()) {}

std::int64_t Rows::affected() const {
  return static_cast<std::int64_t>(result_->result().affected_rows());
}

}  // namespace pathways::storage
