// How our types are written as PostgreSQL's text and read from it. A type of your own becomes a
// parameter and a column by specialising Codec for it, beside the type.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/education/clock.h"
#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/uuid.h"

namespace pathways::storage {

// Octets (bytea), where std::string means text. Any octet may occur.
struct Bytes {
  std::string data;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

// Encode: the value as PostgreSQL reads it. Decode: nothing when the text is not such a value.
template <typename T>
struct Codec;

template <typename T>
concept Storable = requires(const T& value, std::string_view text) {
  { Codec<T>::Encode(value) } -> std::convertible_to<std::string>;
  { Codec<T>::Decode(text) } -> std::same_as<std::optional<T>>;
};

template <>
struct Codec<bool> {
  static std::string Encode(bool value) { return value ? "t" : "f"; }
  static std::optional<bool> Decode(std::string_view text);
};

template <>
struct Codec<std::int16_t> {
  static std::string Encode(std::int16_t value) { return std::to_string(value); }
  static std::optional<std::int16_t> Decode(std::string_view text);
};

template <>
struct Codec<std::int32_t> {
  static std::string Encode(std::int32_t value) { return std::to_string(value); }
  static std::optional<std::int32_t> Decode(std::string_view text);
};

template <>
struct Codec<std::int64_t> {
  static std::string Encode(std::int64_t value) { return std::to_string(value); }
  static std::optional<std::int64_t> Decode(std::string_view text);
};

template <>
struct Codec<double> {
  static std::string Encode(double value);
  static std::optional<double> Decode(std::string_view text);
};

template <>
struct Codec<std::string> {
  static std::string Encode(const std::string& value) { return value; }
  static std::optional<std::string> Decode(std::string_view text) { return std::string(text); }
};

// As a column: a view into the Rows it came from, valid as long as a Row or Rows of that result
// lives.
template <>
struct Codec<std::string_view> {
  static std::string Encode(std::string_view value) { return std::string(value); }
  static std::optional<std::string_view> Decode(std::string_view text) { return text; }
};

template <>
struct Codec<Bytes> {
  static std::string Encode(const Bytes& value);
  static std::optional<Bytes> Decode(std::string_view text);
};

template <>
struct Codec<education::Day> {
  static std::string Encode(education::Day value) { return value.ToIso(); }
  static std::optional<education::Day> Decode(std::string_view text);
};

// timestamptz. Every connection of ours speaks UTC, so a reading with another offset is refused.
template <>
struct Codec<education::Instant> {
  static std::string Encode(education::Instant value);
  static std::optional<education::Instant> Decode(std::string_view text);
};

template <typename Tag>
struct Codec<education::Uuid<Tag>> {
  static std::string Encode(const education::Uuid<Tag>& value) { return value.ToString(); }
  static std::optional<education::Uuid<Tag>> Decode(std::string_view text) {
    auto parsed = education::Uuid<Tag>::Parse(text);
    if (!parsed.ok()) return std::nullopt;
    return *parsed;
  }
};

// Stored as integer.
template <>
struct Codec<education::Urn> {
  static std::string Encode(education::Urn value) { return std::to_string(value.value()); }
  static std::optional<education::Urn> Decode(std::string_view text);
};

// Stored as integer.
template <>
struct Codec<education::LaCode> {
  static std::string Encode(education::LaCode value) { return std::to_string(value.value()); }
  static std::optional<education::LaCode> Decode(std::string_view text);
};

}  // namespace pathways::storage
