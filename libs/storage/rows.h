// What a query answered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>

#include "libs/storage/array.h"
#include "libs/storage/codec.h"

namespace pathways::storage {

// Thrown when code and query do not fit: no such column, null where none was expected, another
// type. A fault of the program, never of its input; RunInTransaction() turns it into INTERNAL.
// Names the column, never the value.
class BadColumn : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

class ResultSet;  // the driver's result

// One row. Keeps the whole result alive. Safe to read from several threads.
class Row {
 public:
  // T: anything with a Codec, std::vector of it for arrays. Throws BadColumn.
  template <Storable T>
  T Get(std::string_view column) const {
    return Get<T>(IndexOf(column));
  }
  template <Storable T>
  T Get(int column) const {
    const auto text = Text(column);
    if (!text.has_value()) ThrowNull(column);
    return Decode<T>(column, *text);
  }

  // Nothing when the column is null.
  template <Storable T>
  std::optional<T> GetOptional(std::string_view column) const {
    return GetOptional<T>(IndexOf(column));
  }
  template <Storable T>
  std::optional<T> GetOptional(int column) const {
    const auto text = Text(column);
    if (!text.has_value()) return std::nullopt;
    return Decode<T>(column, *text);
  }

  bool IsNull(std::string_view column) const { return !Text(IndexOf(column)).has_value(); }

 private:
  friend class Rows;
  Row(std::shared_ptr<const ResultSet> result, std::size_t row)
      : result_(std::move(result)), row_(row) {}

  int IndexOf(std::string_view column) const;
  std::optional<std::string_view> Text(int column) const;  // nothing: null
  [[noreturn]] void ThrowNull(int column) const;
  [[noreturn]] void ThrowNotA(int column, const char* type) const;

  template <typename T>
  T Decode(int column, std::string_view text) const {
    auto value = Codec<T>::Decode(text);
    if (!value.has_value()) ThrowNotA(column, typeid(T).name());
    return *std::move(value);
  }

  std::shared_ptr<const ResultSet> result_;
  std::size_t row_;
};

// Cheap to copy; all copies share one result. Give it a name before a loop over it: in
// `for (Row row : *transaction.Query(...))` C++20 ends the life of the temporary StatusOr before
// the loop begins.
class Rows {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Row;

    Iterator(std::shared_ptr<const ResultSet> result, std::size_t row)
        : result_(std::move(result)), row_(row) {}
    Row operator*() const { return Row(result_, row_); }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    void operator++(int) { ++row_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.row_ == b.row_; }

   private:
    std::shared_ptr<const ResultSet> result_;
    std::size_t row_;
  };

  explicit Rows(std::shared_ptr<const ResultSet> result);

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // Rows written by an insert, update or delete; rows answered by a select.
  std::int64_t affected() const;

  Row operator[](std::size_t row) const { return Row(result_, row); }
  Row front() const { return (*this)[0]; }
  Iterator begin() const { return Iterator(result_, 0); }
  Iterator end() const { return Iterator(result_, size_); }

 private:
  std::shared_ptr<const ResultSet> result_;
  std::size_t size_;
};

}  // namespace pathways::storage
