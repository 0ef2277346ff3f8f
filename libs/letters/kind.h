// What a letter of one kind may say of a case, and what it must say by law. The rows are the
// services' own.
#pragma once

#include <span>
#include <string_view>

namespace pathways::letters {

// A name in double braces, {{pupil_name}}, for which a letter has the case's own words.
struct Placeholder {
  std::string_view name;     // lower case, digits and underscores
  std::string_view meaning;  // for whoever edits the template; also says when it is empty
  std::string_view sample;   // invented, for previews of a template; never empty
};

// What law or guidance asks to be in the letter: the placeholder that says it.
struct Required {
  std::string_view placeholder;  // one of the kind's
  std::string_view words;        // goes on from "The letter must say", such as "the reasons for it"
  std::string_view source;       // "SI 2012/1033 r. 5"
};

struct LetterKind {
  std::string_view name;   // "permanent_exclusion_notice", as stored and in addresses
  std::string_view title;  // "Notice of a permanent exclusion to parents"
  std::span<const Placeholder> placeholders;
  std::span<const Required> required;
};

// Null when there is none of that name.
const LetterKind* FindKind(std::span<const LetterKind> kinds, std::string_view name);
const Placeholder* FindPlaceholder(const LetterKind& kind, std::string_view name);

}  // namespace pathways::letters
