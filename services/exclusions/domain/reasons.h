// The reasons given for one exclusion: one to three, each once, no order of importance (Common
// Basic Data Set; statutory return).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/education/exclusion_reason.h"
#include "services/exclusions/domain/problem.h"

namespace pathways::exclusions {

inline constexpr std::size_t kMostReasons = 3;

class Reasons {
 public:
  // As stored or read in history: codes of any time. INVALID_ARGUMENT for none, a fourth, the same
  // twice, or text that was never a code.
  static absl::StatusOr<Reasons> Parse(std::span<const std::string> codes);

  std::span<const education::ExclusionReason> all() const { return {reasons_.data(), count_}; }
  bool Contains(education::ExclusionReason reason) const;
  std::vector<std::string> ToCodes() const;
  std::string ToString() const;  // "DB PP", as in the file of exclusions

  friend bool operator==(const Reasons&, const Reasons&) = default;

 private:
  explicit Reasons(education::ExclusionReason first) : reasons_{first, first, first} {}

  std::array<education::ExclusionReason, kMostReasons> reasons_;  // the first count_ are given
  std::size_t count_ = 0;
};

// Everything that is wrong with the codes for a decision of that day, in the field `field`: none,
// a fourth, the same twice, unknown, not valid then. Blank texts are passed over. Empty: good.
std::vector<Problem> CheckReasons(std::string_view field, std::span<const std::string> codes,
                                  education::Day decided);

}  // namespace pathways::exclusions
