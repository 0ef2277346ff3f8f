#include "libs/letters/letter.h"

#include <openssl/sha.h>

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"

namespace pathways::letters {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<BlockKind, std::string_view>, 4> kNames = {{
    {BlockKind::kHeading, "heading"},
    {BlockKind::kParagraph, "paragraph"},
    {BlockKind::kBullets, "bullets"},
    {BlockKind::kNumbers, "numbers"},
}};

std::string NameOf(BlockKind kind) {
  for (const auto& [known, name] : kNames) {
    if (known == kind) return std::string(name);
  }
  return {};
}

std::optional<BlockKind> KindOf(std::string_view name) {
  for (const auto& [kind, known] : kNames) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

std::optional<Block> BlockFrom(const Json& json) {
  const auto kind = KindOf(json.at("kind").get<std::string>());
  if (!kind) return std::nullopt;
  return Block{.kind = *kind,
               .level = json.at("level").get<int>(),
               .texts = json.at("texts").get<std::vector<std::string>>()};
}

}  // namespace

std::string SubjectOf(const Blocks& blocks) {
  for (const Block& block : blocks) {
    if (block.kind == BlockKind::kHeading && block.level == 1) return block.texts.front();
  }
  return {};
}

std::string ToJson(const Blocks& blocks) {
  Json json = {{"language", "en-GB"}, {"blocks", Json::array()}};
  for (const Block& block : blocks) {
    json["blocks"].push_back(
        {{"kind", NameOf(block.kind)}, {"level", block.level}, {"texts", block.texts}});
  }
  return json.dump(/*indent=*/1);
}

absl::StatusOr<Blocks> BlocksFromJson(std::string_view json) {
  const absl::Status unreadable = absl::DataLossError("the letter as kept cannot be read");
  try {
    Blocks blocks;
    const Json letter = Json::parse(json);
    for (const Json& one : letter.at("blocks")) {
      auto block = BlockFrom(one);
      if (!block) return unreadable;
      blocks.push_back(*std::move(block));
    }
    return blocks;
  } catch (const Json::exception&) {
    return unreadable;
  }
}

std::string DigestOf(std::string_view content) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest.data());
  return absl::BytesToHexString(std::string(digest.begin(), digest.end()));
}

}  // namespace pathways::letters
