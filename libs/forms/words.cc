#include "libs/forms/words.h"

#include <algorithm>

namespace pathways::forms {
namespace {

constexpr std::string_view kWhiteSpace = " \t\n\v\f\r";

unsigned char Octet(char c) { return static_cast<unsigned char>(c); }

}  // namespace

std::size_t LengthOf(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) {
    if ((Octet(c) & 0xC0) == 0x80) continue;  // goes on with the character before
    length += Octet(c) >= 0xF0 ? 2 : 1;
  }
  return length;
}

std::string Tidy(std::string_view text) {
  const auto first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
  std::string tidied;
  tidied.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    tidied.push_back(text[i]);
  }
  return tidied;
}

bool HasControlCharacter(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = Octet(text[i]);
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return true;
    // U+0080 to U+009F.
    if (c == 0xC2 && i + 1 < text.size() && Octet(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

std::optional<Problem> CheckWords(std::string_view field, std::string_view text, std::size_t least,
                                  std::size_t most) {
  const std::size_t length = LengthOf(text);
  if (length < least) {
    return Problem{std::string(field), "Write at least " + std::to_string(least) + " characters"};
  }
  if (length > most) {
    return Problem{std::string(field), "Use " + std::to_string(most) + " characters or fewer"};
  }
  if (HasControlCharacter(text)) {
    return Problem{std::string(field), "Remove characters that cannot be shown"};
  }
  return std::nullopt;
}

}  // namespace pathways::forms
