// Small helpers for reading what people type. Internal to this library.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace pathways::education::internal {

// Debian builds Abseil with a string_view of its own, which does not convert from the standard's.
constexpr absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

inline std::string_view Trim(std::string_view text) {
  const absl::string_view trimmed = absl::StripAsciiWhitespace(ToAbsl(text));
  return {trimmed.data(), trimmed.size()};
}

// Trimmed and in upper case: how codes are compared.
inline std::string CodeText(std::string_view text) {
  std::string code(Trim(text));
  absl::AsciiStrToUpper(&code);
  return code;
}

// Digits only, at least one, at most nine; nothing otherwise. No sign, no spaces.
constexpr std::optional<int> ReadDigits(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace pathways::education::internal
