// Why a pupil was suspended or permanently excluded: the reason codes of the national code set
// (Common Basic Data Set), as rows of data with their days of validity.
//
// Source: CBDS, version May 2026 (29 values); the 16 of 2020/21; before it 12, among them OT. The
// first and last days are the edges of the academic years in which each set was collected.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"

namespace pathways::education {

struct ExclusionReasonRule {
  std::string_view code;  // two letters
  std::string_view name;
  Day valid_from;  // days of the decision, both included
  Day valid_to;
  bool offered;  // false: read in old data, never offered
  std::string_view source;
};

// Every row, in the order of the code set.
std::span<const ExclusionReasonRule> ExclusionReasonRules();

// One code of the set, of whatever time. Two bytes; compares in the order of the code set.
class ExclusionReason {
 public:
  // Either case, surrounding spaces allowed. INVALID_ARGUMENT for text that was never a code.
  static absl::StatusOr<ExclusionReason> Parse(std::string_view text);

  std::string_view code() const { return rule().code; }
  std::string_view name() const { return rule().name; }
  const ExclusionReasonRule& rule() const;
  bool IsValidOn(Day decided) const;

  friend auto operator<=>(const ExclusionReason&, const ExclusionReason&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const ExclusionReason& reason) {
    return H::combine(std::move(state), reason.row_);
  }

 private:
  explicit ExclusionReason(std::uint8_t row) : row_(row) {}
  std::uint8_t row_;
};

// What a page offers for a decision of that day, by name.
std::vector<const ExclusionReasonRule*> ExclusionReasonsOffered(Day decided);

}  // namespace pathways::education
