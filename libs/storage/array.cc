#include "libs/storage/array.h"

#include <utility>

namespace pathways::storage {
namespace {

// Reads an element in double quotes; `at` is behind its closing quote afterwards.
std::optional<std::string> ParseQuoted(std::string_view text, std::size_t& at) {
  std::string element;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') {
      ++at;
      return element;
    }
    if (text[at] == '\\' && ++at == text.size()) break;
    element += text[at];
  }
  return std::nullopt;
}

// Reads up to the next comma or closing brace. Nothing for nested arrays and empty text.
std::optional<std::string_view> ParseBare(std::string_view text, std::size_t& at) {
  const auto end = text.find_first_of(",}{\"", at);
  if (end == std::string_view::npos || end == at || text[end] == '{' || text[end] == '"')
    return std::nullopt;
  return text.substr(std::exchange(at, end), end - at);
}

}  // namespace

void AppendArrayElement(std::string_view text, std::string& array) {
  array += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') array += '\\';
    array += c;
  }
  array += '"';
}

std::optional<std::vector<std::optional<std::string>>> ParseArray(std::string_view text) {
  std::vector<std::optional<std::string>> elements;
  if (text == "{}") return elements;
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
  std::size_t at = 0;
  while (at < text.size() && text[at] != '}') {
    ++at;  // the opening brace, or a comma
    if (at < text.size() && text[at] == '"') {
      elements.push_back(ParseQuoted(text, at));
      if (!elements.back().has_value()) return std::nullopt;
    } else {
      const auto bare = ParseBare(text, at);
      if (!bare.has_value()) return std::nullopt;
      elements.push_back(*bare == "NULL" ? std::nullopt : std::optional<std::string>(*bare));
    }
    if (at >= text.size() || (text[at] != ',' && text[at] != '}')) return std::nullopt;
  }
  if (at + 1 != text.size()) return std::nullopt;
  return elements;
}

}  // namespace pathways::storage
