// Text that people type.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "libs/forms/problem.h"

namespace pathways::forms {

// Length as browsers count it: UTF-16 code units. `text` is UTF-8.
std::size_t LengthOf(std::string_view text);

// Without white space at both ends; line breaks as "\n".
std::string Tidy(std::string_view text);

// A control character other than a line break or a tab.
bool HasControlCharacter(std::string_view text);

// A question, answer or reason of `least` to `most` characters, already tidied. Nothing: it is
// good.
std::optional<Problem> CheckWords(std::string_view field, std::string_view text, std::size_t least,
                                  std::size_t most);

}  // namespace pathways::forms
