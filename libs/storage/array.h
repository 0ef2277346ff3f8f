// One-dimensional PostgreSQL arrays as text: {1,2,NULL,"a \"quoted\" text"}.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "libs/storage/codec.h"

namespace pathways::storage {

// Writes an element so that whatever it contains is read back.
void AppendArrayElement(std::string_view text, std::string& array);

// Nothing when the text is not a one-dimensional array.
std::optional<std::vector<std::optional<std::string>>> ParseArray(std::string_view text);

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T>
void AppendArrayValue(const T& value, std::string& array) {
  if constexpr (std::is_arithmetic_v<T>) {
    array += Codec<T>::Encode(value);
  } else {
    AppendArrayElement(Codec<T>::Encode(value), array);
  }
}

template <typename T>
std::string EncodeArray(const std::vector<T>& values) {
  std::string array = "{";
  for (const auto& value : values) {
    if (array.size() > 1) array += ',';
    if constexpr (IsOptional<T>::value) {
      if (value.has_value()) {
        AppendArrayValue(*value, array);
      } else {
        array += "NULL";
      }
    } else {
      AppendArrayValue<T>(value, array);
    }
  }
  array += '}';
  return array;
}

// Columns of array type. Elements that are null are refused.
template <typename T>
struct Codec<std::vector<T>> {
  static std::string Encode(const std::vector<T>& values) { return EncodeArray(values); }
  static std::optional<std::vector<T>> Decode(std::string_view text) {
    const auto elements = ParseArray(text);
    if (!elements.has_value()) return std::nullopt;
    std::vector<T> values;
    values.reserve(elements->size());
    for (const auto& element : *elements) {
      auto value = element.has_value() ? Codec<T>::Decode(*element) : std::nullopt;
      if (!value.has_value()) return std::nullopt;
      values.push_back(*std::move(value));
    }
    return values;
  }
};

}  // namespace pathways::storage
