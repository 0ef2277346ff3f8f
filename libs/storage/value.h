// A parameter of a statement, made implicitly from what the caller has.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/storage/array.h"
#include "libs/storage/codec.h"

namespace pathways::storage {

template <typename T>
concept Integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                  (std::signed_integral<T> || sizeof(T) < sizeof(std::int64_t));

// Null, text, or octets. Copies what it is made from. A std::vector becomes a one-dimensional
// array, for `unnest($1::bigint[])` and `= any($1)`; an element may be a std::optional.
class Value {
 public:
  enum class Format : std::uint8_t { kNull, kText, kBinary };

  Value(std::nullptr_t) {
  }  // NOLINT(google-explicit-constructor): parameters are written as they are
  Value(std::nullopt_t) {}                               // NOLINT(google-explicit-constructor)
  Value(const char* text) : Value(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Value(std::string text)
      : format_(Format::kText), data_(std::move(text)) {}  // NOLINT(google-explicit-constructor)
  Value(Bytes octets)                                      // NOLINT(google-explicit-constructor)
      : format_(Format::kBinary), data_(std::move(octets.data)) {}

  template <Integer T>
  Value(T value)  // NOLINT(google-explicit-constructor)
      : Value(std::to_string(static_cast<std::int64_t>(value))) {}

  template <Storable T>
  requires(!Integer<T>) Value(const T& value)
      : Value(std::string(Codec<T>::Encode(value))) {}  // NOLINT(google-explicit-constructor)

  template <typename T>
  Value(const std::optional<T>& value)  // NOLINT(google-explicit-constructor)
      : Value(value.has_value() ? Value(*value) : Value(nullptr)) {}

  template <typename T>
  Value(const std::vector<T>& values)
      : Value(EncodeArray(values)) {}  // NOLINT(google-explicit-constructor)

  Format format() const { return format_; }
  bool is_null() const { return format_ == Format::kNull; }
  const std::string& data() const { return data_; }

 private:
  Format format_ = Format::kNull;
  std::string data_;
};

}  // namespace pathways::storage
