// Opaque identifiers: one strong type for each kind of thing, so that a pupil's id is never passed
// for a person's.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "libs/education/id_source.h"

namespace pathways::education {

// Reads 8-4-4-4-12 hexadecimal digits in either case. INVALID_ARGUMENT for anything else, and for
// the all-zero UUID, which is what an id nobody set looks like.
absl::StatusOr<UuidBytes> ParseUuid(std::string_view text);

// Sixteen bytes, not all zero; INVALID_ARGUMENT otherwise.
absl::StatusOr<UuidBytes> CheckUuidBytes(std::span<const std::uint8_t> bytes);

// Lower case, 36 characters.
std::string UuidToString(const UuidBytes& bytes);

// Any version of UUID (RFC 9562); `Tag` only tells types apart.
template <typename Tag>
class Uuid {
 public:
  static Uuid New(IdSource& source) { return Uuid(source.NewUuid()); }

  static absl::StatusOr<Uuid> Parse(std::string_view text) { return Wrap(ParseUuid(text)); }

  // As stored (PostgreSQL uuid, protobuf bytes).
  static absl::StatusOr<Uuid> FromBytes(std::span<const std::uint8_t> bytes) {
    return Wrap(CheckUuidBytes(bytes));
  }

  const UuidBytes& bytes() const { return bytes_; }
  std::string ToString() const { return UuidToString(bytes_); }

  friend auto operator<=>(const Uuid&, const Uuid&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const Uuid& id) {
    return H::combine(std::move(state), id.bytes_);
  }

 private:
  explicit Uuid(const UuidBytes& bytes) : bytes_(bytes) {}

  static absl::StatusOr<Uuid> Wrap(const absl::StatusOr<UuidBytes>& bytes) {
    if (!bytes.ok()) return bytes.status();
    return Uuid(*bytes);
  }

  UuidBytes bytes_;
};

}  // namespace pathways::education

template <typename Tag>
struct std::hash<pathways::education::Uuid<Tag>> {
  std::size_t operator()(const pathways::education::Uuid<Tag>& id) const noexcept {
    // Sequence ids differ only in their last bytes, random ones everywhere: mix both halves.
    std::uint64_t halves[2];
    std::memcpy(halves, id.bytes().data(), sizeof(halves));
    return std::hash<std::uint64_t>()((halves[0] ^ (halves[1] * 0x9E3779B97F4A7C15ULL)));
  }
};
