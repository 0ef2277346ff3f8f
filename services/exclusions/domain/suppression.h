// Small numbers hidden so that subtraction does not bring them back.
//
// Counts from 1 to threshold - 1 are hidden; then further cells, until no hidden count can be
// worked out from the rows, columns and totals that are shown, and no row or column shows that its
// hidden counts add up to less than the threshold. Nought is shown: as in the national statistics
// it tells nothing about a child.
//
// A hidden cell can be worked out exactly when its edge is a bridge in the graph that joins the
// rows and columns in which something is hidden (Gusfield, "A graph theoretic approach to
// statistical data security", 1988).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"

namespace pathways::exclusions {

// National statistics hide fewer than 5; data from schools usually fewer than 10.
inline constexpr std::int64_t kUsualSuppressionThreshold = 5;

// Counts in rows and columns, without totals; every row as long as the first.
class CountTable {
 public:
  // INVALID_ARGUMENT when a row is of another length or a count is negative.
  static absl::StatusOr<CountTable> Make(std::vector<std::vector<std::int64_t>> rows);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::int64_t at(std::size_t row, std::size_t column) const {
    return cells_[row * columns_ + column];
  }

 private:
  CountTable() = default;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<std::int64_t> cells_;
};

// What of a table is hidden, totals too: row `rows()` are the column totals, column `columns()` the
// row totals, their corner the grand total.
class HiddenCells {
 public:
  HiddenCells(std::size_t rows, std::size_t columns)
      : width_(columns + 1), hidden_((rows + 1) * (columns + 1), false) {}

  bool at(std::size_t row, std::size_t column) const { return hidden_[row * width_ + column]; }
  void Hide(std::size_t row, std::size_t column) { hidden_[row * width_ + column] = true; }

 private:
  std::size_t width_;
  std::vector<bool> hidden_;
};

// For a table shown with the totals of its rows, of its columns and of both; a single row or column
// is a plain list with its total. Deterministic: the same table hides the same cells everywhere.
HiddenCells Suppress(const CountTable& table, std::int64_t threshold);

}  // namespace pathways::exclusions
