#include "services/exclusions/domain/suppression.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <tuple>

#include "absl/status/status.h"

namespace pathways::exclusions {
namespace {

// The table with its totals as a further row and column, what is hidden of it, and how it could be
// worked out. A table of one row has no column totals to subtract from, and the other way round:
// such lines tie nothing together.
class Grid {
 public:
  Grid(const CountTable& table, std::int64_t threshold)
      : threshold_(threshold),
        rows_(table.rows() == 1 ? 1 : table.rows() + 1),
        columns_(table.columns() == 1 ? 1 : table.columns() + 1),
        values_(rows_ * columns_),
        hidden_(rows_ * columns_, false) {
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t column = 0; column < columns_; ++column) {
        values_[row * columns_ + column] = Value(table, row, column);
      }
    }
  }

  void Solve() {
    for (std::size_t cell = 0; cell < values_.size(); ++cell) {
      hidden_[cell] = values_[cell] > 0 && values_[cell] < threshold_;
    }
    // Each round hides a cell more, so it ends.
    do {
      ProtectFromSubtraction();
    } while (ProtectFromSmallSum());
  }

  bool IsHidden(std::size_t row, std::size_t column) const {
    return hidden_[std::min(row, rows_ - 1) * columns_ + std::min(column, columns_ - 1)];
  }

 private:
  static std::int64_t Value(const CountTable& table, std::size_t row, std::size_t column);
  bool ties_rows() const { return columns_ > 1; }
  bool ties_columns() const { return rows_ > 1; }
  std::size_t RowOf(std::size_t cell) const { return cell / columns_; }
  std::size_t ColumnOf(std::size_t cell) const { return cell % columns_; }
  bool IsTotal(std::size_t cell) const {
    return (ties_columns() && RowOf(cell) + 1 == rows_) ||
           (ties_rows() && ColumnOf(cell) + 1 == columns_);
  }
  // What hiding it would cost: noughts tell nothing and totals most, so both come last.
  auto Cost(std::size_t cell) const {
    return std::tuple(IsTotal(cell), values_[cell] == 0, values_[cell], cell);
  }

  // The other three corners of the rectangle with a cell, and what hiding them would cost: totals,
  // noughts, then their sum.
  struct Ring {
    std::array<std::size_t, 3> corners = {};
    std::array<std::int64_t, 3> cost = {};
  };

  void ProtectFromSubtraction();
  bool ProtectFromSmallSum();
  void Protect(std::size_t cell);
  Ring RingOf(std::size_t cell, std::size_t row, std::size_t column) const;
  void HideCheapest(const std::vector<std::size_t>& line);
  bool CanBeWorkedOut(std::size_t cell) const;
  std::vector<std::size_t> Row(std::size_t row) const;
  std::vector<std::size_t> Column(std::size_t column) const;
  bool ShowsSmallSum(const std::vector<std::size_t>& line) const;

  const std::int64_t threshold_;
  const std::size_t rows_;  // with the totals, where there are some
  const std::size_t columns_;
  std::vector<std::int64_t> values_;
  std::vector<bool> hidden_;
};

std::int64_t Grid::Value(const CountTable& table, std::size_t row, std::size_t column) {
  const bool row_total = column == table.columns();
  const bool column_total = row == table.rows();
  std::int64_t sum = 0;
  const std::size_t first_row = column_total ? 0 : row;
  const std::size_t last_row = column_total ? table.rows() : row + 1;
  const std::size_t first_column = row_total ? 0 : column;
  const std::size_t last_column = row_total ? table.columns() : column + 1;
  for (std::size_t r = first_row; r < last_row; ++r) {
    for (std::size_t c = first_column; c < last_column; ++c) sum += table.at(r, c);
  }
  return sum;
}

// Rows and columns joined by hidden cells; lines without a sum are all one point, because nothing
// can be subtracted in them.
class Joined {
 public:
  explicit Joined(std::size_t points) : parent_(points) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t Find(std::size_t point) {
    while (parent_[point] != point) point = parent_[point] = parent_[parent_[point]];
    return point;
  }
  void Join(std::size_t a, std::size_t b) { parent_[Find(a)] = Find(b); }

 private:
  std::vector<std::size_t> parent_;
};

// A hidden cell can be worked out when without it no chain of hidden cells joins its row and its
// column.
bool Grid::CanBeWorkedOut(std::size_t cell) const {
  const std::size_t untied = rows_ + columns_;
  const auto row_point = [&](std::size_t c) { return ties_rows() ? RowOf(c) : untied; };
  const auto column_point = [&](std::size_t c) {
    return ties_columns() ? rows_ + ColumnOf(c) : untied;
  };
  Joined joined(untied + 1);
  for (std::size_t other = 0; other < values_.size(); ++other) {
    if (other != cell && hidden_[other]) joined.Join(row_point(other), column_point(other));
  }
  return joined.Find(row_point(cell)) != joined.Find(column_point(cell));
}

std::vector<std::size_t> Grid::Row(std::size_t row) const {
  std::vector<std::size_t> cells;
  for (std::size_t c = 0; c < columns_; ++c) cells.push_back(row * columns_ + c);
  return cells;
}

std::vector<std::size_t> Grid::Column(std::size_t column) const {
  std::vector<std::size_t> cells;
  for (std::size_t r = 0; r < rows_; ++r) cells.push_back(r * columns_ + column);
  return cells;
}

// The cheapest cell of the line that is still shown.
void Grid::HideCheapest(const std::vector<std::size_t>& line) {
  std::optional<std::size_t> cheapest;
  for (const std::size_t cell : line) {
    if (hidden_[cell]) continue;
    if (!cheapest || Cost(cell) < Cost(*cheapest)) cheapest = cell;
  }
  if (cheapest) hidden_[*cheapest] = true;
}

// Closes a ring of four hidden cells round it, at the least cost; in a plain list two are enough.
void Grid::Protect(std::size_t cell) {
  if (!ties_rows()) {
    HideCheapest(Column(ColumnOf(cell)));
    return;
  }
  if (!ties_columns()) {
    HideCheapest(Row(RowOf(cell)));
    return;
  }
  std::optional<Ring> best;
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t column = 0; column < columns_; ++column) {
      if (row == RowOf(cell) || column == ColumnOf(cell)) continue;
      const Ring ring = RingOf(cell, row, column);
      if (!best || ring.cost < best->cost) best = ring;
    }
  }
  for (const std::size_t corner : best->corners) hidden_[corner] = true;
}

Grid::Ring Grid::RingOf(std::size_t cell, std::size_t row, std::size_t column) const {
  Ring ring;
  ring.corners = {RowOf(cell) * columns_ + column, row * columns_ + ColumnOf(cell),
                  row * columns_ + column};
  for (const std::size_t corner : ring.corners) {
    if (hidden_[corner]) continue;
    ring.cost[0] += IsTotal(corner) ? 1 : 0;
    ring.cost[1] += values_[corner] == 0 ? 1 : 0;
    ring.cost[2] += values_[corner];
  }
  return ring;
}

// One pass is enough: hiding more never lets a cell be worked out that could not be, and a new ring
// protects all its corners.
void Grid::ProtectFromSubtraction() {
  for (std::size_t cell = 0; cell < values_.size(); ++cell) {
    if (hidden_[cell] && CanBeWorkedOut(cell)) Protect(cell);
  }
}

// The total of the line is shown, so the sum of what is hidden is too.
bool Grid::ShowsSmallSum(const std::vector<std::size_t>& line) const {
  if (hidden_[line.back()]) return false;
  std::int64_t sum = 0;
  bool any = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (!hidden_[line[i]]) continue;
    sum += values_[line[i]];
    any = true;
  }
  return any && sum < threshold_;
}

// Hides one cell more where a sum is small; false when none is.
bool Grid::ProtectFromSmallSum() {
  std::vector<std::vector<std::size_t>> lines;
  for (std::size_t row = 0; ties_rows() && row < rows_; ++row) lines.push_back(Row(row));
  for (std::size_t column = 0; ties_columns() && column < columns_; ++column) {
    lines.push_back(Column(column));
  }
  const auto small =
      std::ranges::find_if(lines, [&](const auto& line) { return ShowsSmallSum(line); });
  if (small == lines.end()) return false;
  HideCheapest(*small);
  return true;
}

}  // namespace

absl::StatusOr<CountTable> CountTable::Make(std::vector<std::vector<std::int64_t>> rows) {
  CountTable table;
  table.rows_ = rows.size();
  table.columns_ = rows.empty() ? 0 : rows.front().size();
  for (const std::vector<std::int64_t>& row : rows) {
    if (row.size() != table.columns_) {
      return absl::InvalidArgumentError("every row needs as many counts as the first");
    }
    for (const std::int64_t count : row) {
      if (count < 0) return absl::InvalidArgumentError("a count cannot be negative");
      table.cells_.push_back(count);
    }
  }
  return table;
}

HiddenCells Suppress(const CountTable& table, std::int64_t threshold) {
  HiddenCells hidden(table.rows(), table.columns());
  if (table.rows() == 0 || table.columns() == 0) return hidden;
  Grid grid(table, threshold);
  grid.Solve();
  for (std::size_t row = 0; row <= table.rows(); ++row) {
    for (std::size_t column = 0; column <= table.columns(); ++column) {
      if (grid.IsHidden(row, column)) hidden.Hide(row, column);
    }
  }
  return hidden;
}

}  // namespace pathways::exclusions
