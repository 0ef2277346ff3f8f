// Unique Pupil Number.
//
// 13 characters: check letter, LA number (3 digits), establishment (4), year of issue (2), serial
// (3 digits; of a temporary number two digits and a letter). The letters I, O and S are never used.
// Source: Common Basic Data Set, pupil item UPN; check letter as in the department's own published
// code.
//
// A UPN is a child's personal data: keep it out of logs, events and metric labels. No error made
// here repeats it. Nothing may be derived from its digits: they are the authority and year of
// issue, not of today.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace pathways::education {

class Upn {
 public:
  static constexpr std::size_t kLength = 13;
  // What ParsePacked() answers for text that is no UPN. No valid UPN packs to it.
  static constexpr std::uint64_t kInvalidPacked = 0;

  // Reads what people and files write: trims, removes spaces and hyphens, upper-cases, then checks
  // shape and check letter. INVALID_ARGUMENT says precisely what is wrong and what to do, without
  // the number itself.
  static absl::StatusOr<Upn> Parse(std::string_view text);

  // Puts the check letter before the other twelve characters. For issuing numbers and building test
  // data.
  static absl::StatusOr<Upn> FromBody(std::string_view last_twelve);

  // Takes back what packed() gave; INVALID_ARGUMENT for any other integer.
  static absl::StatusOr<Upn> FromPacked(std::uint64_t packed);

  // The hot path of register imports: text already in its stored form (13 characters, upper case).
  // Answers the packed number, or kInvalidPacked; agrees with Parse() on every such text. Reads
  // exactly `length` bytes, allocates nothing.
  static std::uint64_t ParsePacked(const char* text, std::size_t length);

  // 48 bits: check letter, eleven digits, last character. Compares as the text does.
  std::uint64_t packed() const { return packed_; }

  // Whether the last character is a letter: to be replaced once the permanent number is found.
  bool is_temporary() const;

  std::string ToString() const;

  friend auto operator<=>(const Upn&, const Upn&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const Upn& upn) {
    return H::combine(std::move(state), upn.packed_);
  }

 private:
  explicit Upn(std::uint64_t packed) : packed_(packed) {}

  std::uint64_t packed_;
};

}  // namespace pathways::education

template <>
struct std::hash<pathways::education::Upn> {
  std::size_t operator()(const pathways::education::Upn& upn) const noexcept {
    return std::hash<std::uint64_t>()(upn.packed() * 0x9E3779B97F4A7C15ULL);
  }
};
