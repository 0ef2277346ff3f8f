// Private to this library: the part of CommonMark that letters use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/letters/letter.h"

namespace pathways::letters {

struct ReadMarkdown {
  Blocks blocks;
  std::vector<std::string> wrong;  // with their lines, for people; empty: nothing
};
ReadMarkdown ReadBlocks(std::string_view text);

// A value as Markdown that reads as just that text, inside one block whatever its lines hold.
std::string AsPlainText(const std::string& value);

}  // namespace pathways::letters
