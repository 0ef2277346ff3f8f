#include "libs/letters/kind.h"

#include <algorithm>

namespace pathways::letters {

const LetterKind* FindKind(std::span<const LetterKind> kinds, std::string_view name) {
  const auto found = std::ranges::find(kinds, name, &LetterKind::name);
  return found == kinds.end() ? nullptr : &*found;
}

const Placeholder* FindPlaceholder(const LetterKind& kind, std::string_view name) {
  const auto found = std::ranges::find(kind.placeholders, name, &Placeholder::name);
  return found == kind.placeholders.end() ? nullptr : &*found;
}

}  // namespace pathways::letters
