#include "libs/tabular/utf8.h"

#include <cstdint>
#include <cstring>

namespace pathways::tabular {
namespace {

unsigned Byte(std::string_view text, size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
}

bool IsTail(std::string_view text, size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
  return Byte(text, i) >= low && Byte(text, i) <= high;
}

}  // namespace

size_t Utf8CharacterSize(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned lead = Byte(text, 0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return IsTail(text, 1) ? 2 : 0;
  if (lead < 0xF0) {
    // No overlong forms after E0, no surrogates after ED.
    const bool second = IsTail(text, 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && IsTail(text, 2) ? 3 : 0;
  }
  if (lead < 0xF5) {
    // No overlong forms after F0, nothing above U+10FFFF after F4.
    const bool second = IsTail(text, 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return second && IsTail(text, 2) && IsTail(text, 3) ? 4 : 0;
  }
  return 0;
}

size_t FirstNonAscii(std::string_view text, size_t from) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  size_t i = from;
  for (; i + sizeof(uint64_t) <= text.size(); i += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof(word));
    if (word & kHighBits) break;
  }
  while (i < text.size() && Byte(text, i) < 0x80) ++i;
  return i;
}

size_t FirstInvalidUtf8(std::string_view text) {
  size_t i = FirstNonAscii(text);
  while (i < text.size()) {
    const size_t size = Utf8CharacterSize(text.substr(i));
    if (size == 0) return i;
    i = FirstNonAscii(text, i + size);
  }
  return text.size();
}

std::string ScrubUtf8(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const size_t size = Utf8CharacterSize(text);
    if (size == 0) {
      clean += "\uFFFD";
    } else if (text.front() != '\0') {
      clean += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return clean;
}

}  // namespace pathways::tabular
