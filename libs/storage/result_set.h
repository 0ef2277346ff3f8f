// Private to this library: the driver's result behind Rows.
#pragma once

#include <pqxx/result>
#include <string_view>
#include <utility>
#include <vector>

namespace pathways::storage {

class ResultSet {
 public:
  explicit ResultSet(pqxx::result result) : result_(std::move(result)) {
    for (pqxx::row_size_type i = 0; i < result_.columns(); ++i) {
      names_.emplace_back(result_.column_name(i));
    }
  }
  const pqxx::result& result() const { return result_; }
  // Every value is asked for by its column's name: of wide rows the driver's own look-up would be
  // most of the reading. Views into the result.
  const std::vector<std::string_view>& names() const { return names_; }

 private:
  pqxx::result result_;
  std::vector<std::string_view> names_;
};

}  // namespace pathways::storage
