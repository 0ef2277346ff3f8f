// The rows of a file that are not taken, and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/tabular/problem.h"

namespace pathways::importing {

// Counts are exact; details (problems and the rows as they came) are kept for the first `max_kept`
// rows only, so that a file of millions of bad rows costs bounded memory. Holds personal data: show
// it to whoever sent the file, never log it. Not thread-safe.
class Refusals {
 public:
  static constexpr std::size_t kMaxKept = 10'000;

  struct Row {
    std::string raw;  // as it came; empty when it could not be kept
    std::vector<tabular::Problem> problems;
  };

  explicit Refusals(std::size_t max_kept = kMaxKept) : max_kept_(max_kept) {}

  // Refuses the problem's row; several problems of one row count as one refused row. Row 0 concerns
  // the whole file and refuses all of it.
  void Add(tabular::Problem problem, std::string_view raw = {});

  bool empty() const { return problem_count_ == 0; }
  // Something is wrong with the file as a whole: nothing of it can be taken.
  bool whole_file() const { return whole_file_; }
  // Refused rows, whole-file problems not counted.
  std::int64_t rows() const { return rows_; }
  std::int64_t problem_count() const { return problem_count_; }
  // By row; at most kMaxKept rows.
  const std::map<std::int64_t, Row>& kept() const { return kept_; }

 private:
  std::size_t max_kept_;
  std::map<std::int64_t, Row> kept_;
  std::int64_t rows_ = 0;
  std::int64_t last_dropped_row_ = -1;
  std::int64_t problem_count_ = 0;
  bool whole_file_ = false;
};

}  // namespace pathways::importing
