// Private to this library: the driver's result behind Rows.
#pragma once

#include <pqxx/result>
#include <utility>

namespace pathways::storage {

class ResultSet {
 public:
  explicit ResultSet(pqxx::result result) : result_(std::move(result)) {}
  const pqxx::result& result() const { return result_; }

 private:
  pqxx::result result_;
};

}  // namespace pathways::storage
