// The numbers of schools and authorities, and our own opaque ids of pupils, enrolments and people.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "libs/education/uuid.h"

namespace pathways::education {

// A pupil in our system, wherever a UPN may not go (events, addresses of pages, logs).
using PupilId = Uuid<struct PupilIdTag>;
// One pupil on one school's roll from a day to a day.
using EnrolmentId = Uuid<struct EnrolmentIdTag>;
// Somebody who uses Pathways.
using PersonId = Uuid<struct PersonIdTag>;

// Unique Reference Number: one establishment record, six digits. An academy that converts gets a
// new one.
class Urn {
 public:
  // Six digits, surrounding spaces allowed.
  static absl::StatusOr<Urn> Parse(std::string_view text);
  static absl::StatusOr<Urn> FromInt(std::int64_t value);

  std::int32_t value() const { return value_; }
  std::string ToString() const;

  friend auto operator<=>(const Urn&, const Urn&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const Urn& urn) {
    return H::combine(std::move(state), urn.value_);
  }

 private:
  explicit Urn(std::int32_t value) : value_(value) {}
  std::int32_t value_;
};

// Local authority number, three digits: 822 is Bedford. 000 stands in national files for "does not
// apply".
class LaCode {
 public:
  static absl::StatusOr<LaCode> Parse(std::string_view text);
  static absl::StatusOr<LaCode> FromInt(std::int64_t value);

  std::int32_t value() const { return value_; }
  // Always three digits.
  std::string ToString() const;

  friend auto operator<=>(const LaCode&, const LaCode&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const LaCode& code) {
    return H::combine(std::move(state), code.value_);
  }

 private:
  explicit LaCode(std::int32_t value) : value_(value) {}
  std::int32_t value_;
};

// The department's number of a school: LA number and establishment number. Usually kept over a
// conversion and may be taken over by a successor, so it is unique at a time, not over time.
class Laestab {
 public:
  // 8224012, 822/4012 or 822-4012.
  static absl::StatusOr<Laestab> Parse(std::string_view text);
  static absl::StatusOr<Laestab> FromInt(std::int64_t value);

  std::int32_t value() const { return value_; }
  LaCode la_code() const;
  std::int32_t establishment_number() const { return value_ % 10000; }
  // Seven digits, as in data files.
  std::string ToString() const;
  // 822/4012, as people write it.
  std::string ToSlashed() const;

  friend auto operator<=>(const Laestab&, const Laestab&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const Laestab& laestab) {
    return H::combine(std::move(state), laestab.value_);
  }

 private:
  explicit Laestab(std::int32_t value) : value_(value) {}
  std::int32_t value_;
};

}  // namespace pathways::education

template <>
struct std::hash<pathways::education::Urn> {
  std::size_t operator()(const pathways::education::Urn& urn) const noexcept {
    return std::hash<std::int32_t>()(urn.value());
  }
};

template <>
struct std::hash<pathways::education::LaCode> {
  std::size_t operator()(const pathways::education::LaCode& code) const noexcept {
    return std::hash<std::int32_t>()(code.value());
  }
};

template <>
struct std::hash<pathways::education::Laestab> {
  std::size_t operator()(const pathways::education::Laestab& laestab) const noexcept {
    return std::hash<std::int32_t>()(laestab.value());
  }
};
