#include "services/exclusions/domain/suppression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace pathways::exclusions {
namespace {

using Rows = std::vector<std::vector<std::int64_t>>;

constexpr std::int64_t kThreshold = kUsualSuppressionThreshold;

CountTable Table(const Rows& rows) { return CountTable::Make(rows).value(); }

// "c" where hidden, with the totals as the last row and column.
std::string Drawn(const Rows& rows) {
  const CountTable table = Table(rows);
  const HiddenCells hidden = Suppress(table, kThreshold);
  std::string drawn;
  for (std::size_t row = 0; row <= table.rows(); ++row) {
    for (std::size_t column = 0; column <= table.columns(); ++column) {
      drawn += hidden.at(row, column) ? 'c' : '.';
    }
    drawn += '\n';
  }
  return drawn;
}

TEST(Suppression, ShowsWhatIsNotSmall) {
  EXPECT_EQ(Drawn({{5, 12}, {0, 40}}),
            "...\n"
            "...\n"
            "...\n");
}

TEST(Suppression, HidesASecondOfAListSoThatTheTotalDoesNotTell) {
  EXPECT_EQ(Drawn({{3}, {20}, {9}, {0}}),
            "cc\n"
            "..\n"
            "cc\n"
            "..\n"
            "..\n")
      << "the smallest that is not nought";
}

TEST(Suppression, HidesMoreWhenTheHiddenAddUpToLittle) {
  EXPECT_EQ(Drawn({{1, 1, 30}}),
            "ccc.\n"
            "ccc.\n")
      << "two that add up to 2 would both be 1";
}

TEST(Suppression, HidesASmallTotal) {
  EXPECT_EQ(Drawn({{3, 0}}),
            "c.c\n"
            "c.c\n");
}

TEST(Suppression, ClosesARingInATable) {
  EXPECT_EQ(Drawn({{2, 10, 30}, {8, 9, 40}, {50, 60, 70}}),
            "cc..\n"
            "cc..\n"
            "....\n"
            "....\n");
}

TEST(Suppression, RefusesWhatIsNoTable) {
  EXPECT_FALSE(CountTable::Make({{1, 2}, {3}}).ok());
  EXPECT_FALSE(CountTable::Make({{-1}}).ok());
  EXPECT_EQ(Drawn({}), ".\n");
}

// The table as equations: what is shown is known, each line adds up to its total. By elimination
// over a prime field a hidden cell that has one value only shows itself as a row with one entry.
class Attacker {
 public:
  Attacker(const CountTable& table, const HiddenCells& hidden) : width_(table.columns() + 1) {
    unknown_of_.assign((table.rows() + 1) * width_, -1);
    for (std::size_t row = 0; row <= table.rows(); ++row) {
      for (std::size_t column = 0; column <= table.columns(); ++column) {
        if (hidden.at(row, column)) unknown_of_[row * width_ + column] = unknowns_++;
      }
    }
    for (std::size_t row = 0; row <= table.rows(); ++row) {
      Equation(table.columns(), [&](std::size_t i) { return row * width_ + i; });
    }
    for (std::size_t column = 0; column <= table.columns(); ++column) {
      Equation(table.rows(), [&](std::size_t i) { return i * width_ + column; });
    }
    Eliminate();
  }

  int FoundOut() const {
    return static_cast<int>(std::ranges::count_if(equations_, [](const auto& equation) {
      return std::ranges::count_if(equation, [](std::int64_t x) { return x != 0; }) == 1;
    }));
  }

 private:
  static constexpr std::int64_t kPrime = 1'000'003;

  // Cells 0 to n - 1 add up to cell n.
  template <typename CellAt>
  void Equation(std::size_t n, CellAt cell_at) {
    std::vector<std::int64_t> equation(static_cast<std::size_t>(unknowns_), 0);
    for (std::size_t i = 0; i <= n; ++i) {
      const int unknown = unknown_of_[cell_at(i)];
      if (unknown >= 0) equation[static_cast<std::size_t>(unknown)] = i == n ? kPrime - 1 : 1;
    }
    equations_.push_back(std::move(equation));
  }

  static std::int64_t Inverse(std::int64_t x) {
    std::int64_t result = 1;
    for (std::int64_t power = kPrime - 2; power > 0; power /= 2) {
      if (power % 2 == 1) result = result * x % kPrime;
      x = x * x % kPrime;
    }
    return result;
  }

  void Eliminate() {
    std::size_t done = 0;
    for (std::size_t unknown = 0; unknown < static_cast<std::size_t>(unknowns_); ++unknown) {
      std::size_t pivot = done;
      while (pivot < equations_.size() && equations_[pivot][unknown] == 0) ++pivot;
      if (pivot == equations_.size()) continue;
      std::swap(equations_[done], equations_[pivot]);
      const std::int64_t inverse = Inverse(equations_[done][unknown]);
      for (std::int64_t& x : equations_[done]) x = x * inverse % kPrime;
      for (std::size_t other = 0; other < equations_.size(); ++other) {
        const std::int64_t times = equations_[other][unknown];
        if (other == done || times == 0) continue;
        for (std::size_t i = 0; i < equations_[other].size(); ++i) {
          equations_[other][i] =
              (equations_[other][i] + (kPrime - times) * equations_[done][i]) % kPrime;
        }
      }
      ++done;
    }
  }

  std::size_t width_;
  int unknowns_ = 0;
  std::vector<int> unknown_of_;  // by cell; -1: shown
  std::vector<std::vector<std::int64_t>> equations_;
};

TEST(Attacker, FindsWhatIsNotProtected) {
  const Rows rows = {{2, 10}, {8, 9}};
  HiddenCells hidden(2, 2);
  hidden.Hide(0, 0);
  EXPECT_EQ(Attacker(Table(rows), hidden).FoundOut(), 1);
  hidden.Hide(0, 1);
  EXPECT_EQ(Attacker(Table(rows), hidden).FoundOut(), 2) << "the columns still tell";
}

Rows RandomRows(std::mt19937& engine) {
  const auto from = [&](int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(engine);
  };
  const int most = from(0, 1) == 0 ? 8 : 60;
  Rows rows(static_cast<std::size_t>(from(1, 7)));
  const int columns = from(1, 6);
  for (auto& row : rows) {
    for (int i = 0; i < columns; ++i) row.push_back(from(0, 2) == 0 ? from(0, 4) : from(0, most));
  }
  return rows;
}

// Where the total of a row is shown, what is hidden of it is no small number.
bool HiddenOfRowsAddUp(const CountTable& table, const HiddenCells& hidden) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (hidden.at(row, table.columns())) continue;
    std::int64_t sum = 0;
    bool any = false;
    for (std::size_t column = 0; column < table.columns(); ++column) {
      if (!hidden.at(row, column)) continue;
      any = true;
      sum += table.at(row, column);
    }
    if (any && sum < kThreshold) return false;
  }
  return true;
}

TEST(Suppression, LetsNothingSmallBeWorkedOut) {
  std::mt19937 engine(20'260'907);
  int hidden_tables = 0;
  for (int i = 0; i < 500; ++i) {
    const Rows rows = RandomRows(engine);
    const CountTable table = Table(rows);
    const HiddenCells hidden = Suppress(table, kThreshold);
    SCOPED_TRACE("table " + std::to_string(i) + "\n" + Drawn(rows));
    int hides = 0;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      for (std::size_t column = 0; column < table.columns(); ++column) {
        const std::int64_t count = table.at(row, column);
        const bool small = count > 0 && count < kThreshold;
        ASSERT_TRUE(!small || hidden.at(row, column));
        hides += hidden.at(row, column) ? 1 : 0;
      }
    }
    hidden_tables += hides > 0 ? 1 : 0;
    ASSERT_EQ(Attacker(table, hidden).FoundOut(), 0);
    ASSERT_TRUE(HiddenOfRowsAddUp(table, hidden));
  }
  EXPECT_GT(hidden_tables, 250);
}

}  // namespace
}  // namespace pathways::exclusions
