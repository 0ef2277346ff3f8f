#include "libs/education/uuid.h"

#include <algorithm>
#include <optional>

#include "absl/status/status.h"

namespace pathways::education {
namespace {

constexpr std::size_t kTextLength = 36;

constexpr bool IsHyphenPosition(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

std::optional<unsigned> HexValue(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

absl::Status NotAUuid() {
  return absl::InvalidArgumentError("an id must be a UUID: 32 hexadecimal digits, 8-4-4-4-12");
}

}  // namespace

absl::StatusOr<UuidBytes> CheckUuidBytes(std::span<const std::uint8_t> bytes) {
  UuidBytes id{};
  if (bytes.size() != id.size()) return absl::InvalidArgumentError("an id must be 16 bytes");
  std::copy(bytes.begin(), bytes.end(), id.begin());
  if (id == UuidBytes{}) return absl::InvalidArgumentError("the id is all zero: it was never set");
  return id;
}

absl::StatusOr<UuidBytes> ParseUuid(std::string_view text) {
  if (text.size() != kTextLength) return NotAUuid();
  UuidBytes bytes{};
  std::size_t digit = 0;
  for (std::size_t i = 0; i < kTextLength; ++i) {
    if (IsHyphenPosition(i)) {
      if (text[i] != '-') return NotAUuid();
      continue;
    }
    const auto value = HexValue(text[i]);
    if (!value) return NotAUuid();
    bytes[digit / 2] = static_cast<std::uint8_t>((bytes[digit / 2] << 4) | *value);
    ++digit;
  }
  return CheckUuidBytes(bytes);
}

std::string UuidToString(const UuidBytes& bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  text.reserve(kTextLength);
  for (const std::uint8_t byte : bytes) {
    if (IsHyphenPosition(text.size())) text.push_back('-');
    text.push_back(kHex[byte >> 4]);
    text.push_back(kHex[byte & 0x0F]);
  }
  return text;
}

}  // namespace pathways::education
