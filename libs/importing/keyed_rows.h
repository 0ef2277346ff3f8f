// Rows of a file by what they are about, so that a file that contradicts itself is not half
// believed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/importing/refusals.h"

namespace pathways::importing {

// The same key twice with the same value counts once; with different values all rows of that key
// are refused. Key needs <, Value needs ==. Ordered by key, so that whoever writes them locks in
// one order. Not thread-safe.
template <typename Key, typename Value>
class KeyedRows {
 public:
  struct Kept {
    std::int64_t row;
    std::string raw;
    Value value;
    bool contradicted = false;
  };

  void Add(Key key, std::int64_t row, std::string_view raw, Value value, std::string_view column,
           Refusals& refusals) {
    const auto known = rows_.find(key);
    if (known == rows_.end()) {
      rows_.emplace(std::move(key), Kept{row, std::string(raw), std::move(value)});
      return;
    }
    Kept& first = known->second;
    if (!first.contradicted && first.value == value) {
      ++repeated_;
      return;
    }
    if (!first.contradicted) {
      refusals.Add(Contradiction(first.row, row, column), first.raw);
      first.contradicted = true;
    }
    refusals.Add(Contradiction(row, first.row, column), raw);
  }

  // Forgets what is contradicted. Call once, when all rows are in.
  void Settle() {
    std::erase_if(rows_, [](const auto& entry) { return entry.second.contradicted; });
  }

  const std::map<Key, Kept>& rows() const { return rows_; }
  // Rows that only said again what an earlier one said.
  std::int64_t repeated() const { return repeated_; }

 private:
  static tabular::Problem Contradiction(std::int64_t row, std::int64_t other,
                                        std::string_view column) {
    return {.row = row,
            .column = std::string(column),
            .value = "",
            .reason = absl::StrCat("Row ", other, " says something else about the same thing."),
            .advice = "Keep the row that is right and take the other out.",
            .code = "same_key_twice"};
  }

  std::map<Key, Kept> rows_;
  std::int64_t repeated_ = 0;
};

}  // namespace pathways::importing
