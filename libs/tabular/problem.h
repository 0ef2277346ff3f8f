#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pathways::tabular {

/// One thing wrong with one cell, row or file, in words a busy person can act on.
/// It quotes what the person sent, so it may hold personal data: show it to them, never log it.
struct Problem {
  /// Row as a spreadsheet numbers it (the header is row 1); 0 when it concerns the whole file.
  int64_t row = 0;
  /// Column as the file names it; empty when it concerns the whole row or file.
  std::string column = {};
  /// What was found there, as Excerpt() makes it.
  std::string value = {};
  /// What is wrong, one sentence with its full stop.
  std::string reason = {};
  /// What to do about it, one sentence with its full stop.
  std::string advice = {};
  /// Stable snake_case name of the kind of problem, for counting and for tests.
  std::string code = {};

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// Longest excerpt of a value, in characters (code points), the closing "…" included.
inline constexpr size_t kExcerptCharacters = 60;

/// `value` made safe to show on one line: at most kExcerptCharacters, control characters as their
/// visible pictures (NUL as "␀", line feed as "␊"), bytes that are not UTF-8 as "\xNN".
std::string Excerpt(std::string_view value);

/// The problem as one line for a person: "Row 17, upn, “T82240122500”: it is too short. Check it
/// …".
std::string Describe(const Problem& problem);

/// Problems in the order met. The count is always exact; the details are kept up to a cap, so that
/// a file of millions of bad rows costs bounded memory. Not thread-safe.
class ProblemList {
 public:
  static constexpr size_t kDefaultKept = 10'000;

  explicit ProblemList(size_t max_kept = kDefaultKept) : max_kept_(max_kept) {}

  void Add(Problem problem);

  bool empty() const { return count_ == 0; }
  /// All problems added, kept or not.
  int64_t count() const { return count_; }
  /// The first problems added, at most the cap.
  const std::vector<Problem>& kept() const { return kept_; }
  /// How many were counted but not kept.
  int64_t dropped() const { return count_ - static_cast<int64_t>(kept_.size()); }

 private:
  size_t max_kept_;
  int64_t count_ = 0;
  std::vector<Problem> kept_;
};

}  // namespace pathways::tabular
