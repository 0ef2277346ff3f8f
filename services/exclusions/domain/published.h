// Figures the Department publishes about suspensions and permanent exclusions, as they stand in its
// open data, and how they are held against our own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/academic_year.h"
#include "libs/education/percent.h"
#include "services/exclusions/domain/trend.h"

namespace pathways::exclusions {

// A number, or the symbol that stands where there is none, or nothing. Never a symbol as 0.
class PublishedValue {
 public:
  PublishedValue() = default;
  // A number without thousands separators, at most five decimals kept; z, x, c, low, k, u; ":" and
  // "~" of older files; empty. Surrounding spaces allowed.
  // Source: Explore Education Statistics, open data standards.
  static absl::StatusOr<PublishedValue> Parse(std::string_view text);

  bool is_number() const { return is_number_; }
  // In 1/100000; 0 without a number.
  std::int64_t hundred_thousandths() const { return hundred_thousandths_; }
  // As it stood, without spaces.
  const std::string& text() const { return text_; }
  // Why there is no number, as today's standard writes it; empty with a number or where nothing
  // stood. Until 2016/17 "x" was a small number suppressed, until 2018/19 ":" not applicable.
  // Source: data guidance of these releases.
  std::string SymbolOf(const education::AcademicYear& year) const;

  friend bool operator==(const PublishedValue& a, const PublishedValue& b) {
    return a.text_ == b.text_;
  }

 private:
  std::string text_;
  bool is_number_ = false;
  std::int64_t hundred_thousandths_ = 0;
};

// Columns, in the order of the national file.
enum class PublishedColumn : std::uint8_t {
  kHeadcount,
  kPermanent,
  kPermanentRate,
  kSuspensions,
  kSuspensionRate,
  kPupils,
  kPupilRate,
};
inline constexpr std::size_t kPublishedColumns = 7;

// What is published of one place, phase and period.
struct PublishedFigures {
  std::array<PublishedValue, kPublishedColumns> values = {};

  const PublishedValue& operator[](PublishedColumn column) const {
    return values[static_cast<std::size_t>(column)];
  }
  PublishedValue& operator[](PublishedColumn column) {
    return values[static_cast<std::size_t>(column)];
  }
  friend bool operator==(const PublishedFigures&, const PublishedFigures&) = default;
};

struct PublishedProblem {
  PublishedColumn column;
  std::string reason;
};
// What cannot be: parts of pupils, more suspended pupils than suspensions, and a rate that is not
// number / headcount x 100 (such as one per 1,000); rounding and a headcount rounded for
// publication are allowed for.
std::vector<PublishedProblem> CheckPublished(const PublishedFigures& figures);

// Phases that mean the same under the names of several files: "special" of exclusions,
// "State-funded special school" of the list of schools. Empty: all schools ("Total").
std::string PhaseGroup(std::string_view phase);

// Year or term, as time_identifier writes it; nothing for other spans, such as autumn and spring.
std::optional<SchoolTerm> TermFromIdentifier(std::string_view identifier);

// A rate of one authority, or the plain mean of several; those without a number are left out.
struct PublishedMean {
  education::Percent rate = {};  // not applicable: no number at all
  int authorities = 0;           // that the mean is of
  std::string symbol = {};       // the one reason, where all are without a number for the same
};
PublishedMean MeanOf(std::span<const PublishedValue> rates, const education::AcademicYear& year);

}  // namespace pathways::exclusions
