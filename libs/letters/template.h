// Templates of letters: Mustache in CommonMark, of each the part a letter needs.
//
//   # {{pupil_name}} has been suspended        the subject: one in each template
//   ## What you can do                         a heading; nothing below it in this letter: it goes
//   Dear {{addressee}}                         a paragraph; every line of it is a line of the
//   letter
//   - a list                                   also 1. numbered
//   {{#provision}} ... {{/provision}}          only where there is such a thing; {{^provision}}:
//   not
//
// A value is text: whatever signs it holds, it is shown as it is and makes no headings, lists or
// placeholders. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/forms/problem.h"
#include "libs/letters/kind.h"
#include "libs/letters/letter.h"

namespace pathways::letters {

// Of a template, in UTF-16 code units.
inline constexpr std::size_t kLongestTemplate = 20'000;

// By placeholder. Several lines may be in one; an empty line in a paragraph makes two of it.
using Values = std::map<std::string, std::string, std::less<>>;

// What keeps a template of that kind from being saved, each under the field "text": a placeholder
// that the kind does not have (named), what the law asks for and is not there or only under a
// condition of something else (named, with its source), and what no letter can show.
std::vector<forms::Problem> CheckTemplate(const LetterKind& kind, std::string_view text);

// The letter. FAILED_PRECONDITION when CheckTemplate has something against the template;
// INTERNAL when a placeholder of the kind has no value, also no empty one.
absl::StatusOr<Blocks> Merge(const LetterKind& kind, std::string_view text, const Values& values);

// With the placeholders' samples, for a look at the template.
absl::StatusOr<Blocks> MergeSamples(const LetterKind& kind, std::string_view text);

}  // namespace pathways::letters
