#include "libs/tabular/problem.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/tabular/utf8.h"

namespace pathways::tabular {
namespace {

char32_t Decode(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead;
  char32_t point = lead & (0x7Fu >> character.size());
  for (const char tail : character.substr(1))
    point = (point << 6) | (static_cast<unsigned char>(tail) & 0x3Fu);
  return point;
}

// C1 controls, and the invisible characters that reorder, join or hide what stands beside them.
bool IsInvisible(char32_t point) {
  return (point >= 0x80 && point <= 0x9F) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) ||
         point == 0xFEFF;
}

std::string Visible(std::string_view character) {
  const char32_t point = Decode(character);
  // U+2400 onward are pictures of the control characters.
  if (point < 0x20) return {'\xE2', '\x90', static_cast<char>(0x80 + point)};
  if (point == 0x7F) return "␡";
  if (IsInvisible(point)) return absl::StrFormat("\\u{%X}", static_cast<unsigned>(point));
  return std::string(character);
}

}  // namespace

std::string Excerpt(std::string_view value) {
  std::string shown;
  size_t characters = 0;
  size_t fits = 0;  // where "…" would go
  while (!value.empty()) {
    const size_t size = Utf8CharacterSize(value);
    const std::string piece =
        size == 0 ? absl::StrFormat("\\x%02X", static_cast<unsigned char>(value.front()))
                  : Visible(value.substr(0, size));
    value.remove_prefix(size == 0 ? 1 : size);
    const bool is_escape = piece.front() == '\\' && piece.size() > 1;
    characters += is_escape ? piece.size() : 1;
    if (characters > kExcerptCharacters) return shown.substr(0, fits) + "…";
    shown += piece;
    if (characters < kExcerptCharacters) fits = shown.size();
  }
  return shown;
}

std::string Describe(const Problem& problem) {
  std::string where;
  if (problem.row > 0) absl::StrAppend(&where, "Row ", problem.row);
  if (!problem.column.empty()) absl::StrAppend(&where, where.empty() ? "" : ", ", problem.column);
  if (!problem.value.empty())
    absl::StrAppend(&where, where.empty() ? "" : ", ", "“", problem.value, "”");
  if (!where.empty()) where += ": ";
  absl::StrAppend(&where, problem.reason, problem.advice.empty() ? "" : " ", problem.advice);
  return where;
}

void ProblemList::Add(Problem problem) {
  ++count_;
  if (kept_.size() < max_kept_) kept_.push_back(std::move(problem));
}

}  // namespace pathways::tabular
