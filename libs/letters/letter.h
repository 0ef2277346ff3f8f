// A letter as blocks of plain text: what is kept, and what pages, prints and PDFs are drawings of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pathways::letters {

enum class BlockKind : std::uint8_t { kHeading, kParagraph, kBullets, kNumbers };

struct Block {
  BlockKind kind = BlockKind::kParagraph;
  // Of a heading: 1 is the letter's subject, of which there is one; 2 and 3 below it. Otherwise 0.
  int level = 0;
  // One text; of a list one an item. Never empty; "\n" is a line break inside it (an address).
  std::vector<std::string> texts = {};

  friend bool operator==(const Block&, const Block&) = default;
};
using Blocks = std::vector<Block>;

// The letter's subject, which is its title as a document; empty when there is none.
std::string SubjectOf(const Blocks& blocks);

// What is kept, octet for octet, so that it can be read without this program. Equal blocks, equal
// text.
std::string ToJson(const Blocks& blocks);
// DATA_LOSS when it is no letter as written by ToJson.
absl::StatusOr<Blocks> BlocksFromJson(std::string_view json);

// SHA-256, hexadecimal.
std::string DigestOf(std::string_view content);

}  // namespace pathways::letters
