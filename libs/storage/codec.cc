#include "libs/storage/codec.h"

#include <charconv>
#include <system_error>

#include "absl/strings/escaping.h"

namespace pathways::storage {
namespace {

template <typename T>
std::optional<T> FromChars(std::string_view text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::optional<bool> Codec<bool>::Decode(std::string_view text) {
  if (text == "t") return true;
  if (text == "f") return false;
  return std::nullopt;
}

std::optional<std::int16_t> Codec<std::int16_t>::Decode(std::string_view text) {
  return FromChars<std::int16_t>(text);
}

std::optional<std::int32_t> Codec<std::int32_t>::Decode(std::string_view text) {
  return FromChars<std::int32_t>(text);
}

std::optional<std::int64_t> Codec<std::int64_t>::Decode(std::string_view text) {
  return FromChars<std::int64_t>(text);
}

std::string Codec<double>::Encode(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof(text), value);
  return {text, end};
}

std::optional<double> Codec<double>::Decode(std::string_view text) {
  if (text == "Infinity") return FromChars<double>("inf");
  if (text == "-Infinity") return FromChars<double>("-inf");
  return FromChars<double>(text);
}

std::string Codec<Bytes>::Encode(const Bytes& value) {
  return "\\x" + absl::BytesToHexString(value.data);
}

std::optional<Bytes> Codec<Bytes>::Decode(std::string_view text) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0 || !IsHex(text.substr(2)))
    return std::nullopt;
  return Bytes{absl::HexStringToBytes({text.data() + 2, text.size() - 2})};
}

std::optional<education::Day> Codec<education::Day>::Decode(std::string_view text) {
  const auto day = education::Day::ParseIso(text);
  if (!day.ok()) return std::nullopt;
  return *day;
}

std::string Codec<education::Instant>::Encode(education::Instant value) {
  return education::InstantToString(value);
}

// 2026-10-06 08:45:00.5+00
std::optional<education::Instant> Codec<education::Instant>::Decode(std::string_view text) {
  constexpr std::string_view::size_type kDateLength = 10;
  constexpr std::string_view kUtc = "+00";
  if (!text.ends_with(kUtc) || text.size() <= kDateLength || text[kDateLength] != ' ')
    return std::nullopt;
  std::string rfc3339(text.substr(0, text.size() - kUtc.size()));
  rfc3339[kDateLength] = 'T';
  rfc3339 += 'Z';
  const auto instant = education::ParseInstant(rfc3339);
  if (!instant.ok()) return std::nullopt;
  return *instant;
}

std::optional<education::Urn> Codec<education::Urn>::Decode(std::string_view text) {
  const auto number = FromChars<std::int32_t>(text);
  if (!number.has_value()) return std::nullopt;
  const auto urn = education::Urn::FromInt(*number);
  if (!urn.ok()) return std::nullopt;
  return *urn;
}

std::optional<education::LaCode> Codec<education::LaCode>::Decode(std::string_view text) {
  const auto number = FromChars<std::int32_t>(text);
  if (!number.has_value()) return std::nullopt;
  const auto code = education::LaCode::FromInt(*number);
  if (!code.ok()) return std::nullopt;
  return *code;
}

}  // namespace pathways::storage
