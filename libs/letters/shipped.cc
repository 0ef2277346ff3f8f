#include "libs/letters/shipped.h"

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/letters/template.h"

namespace pathways::letters {

absl::StatusOr<ShippedTemplates> ShippedTemplates::Read(const std::filesystem::path& directory,
                                                        std::span<const LetterKind> kinds) {
  ShippedTemplates shipped(kinds);
  std::vector<std::string> wrong;
  for (const LetterKind& kind : kinds) {
    const std::filesystem::path path = directory / absl::StrCat(std::string(kind.name), ".md");
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      wrong.push_back(path.string() + " cannot be read");
      continue;
    }
    std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const auto& problem : CheckTemplate(kind, text)) {
      wrong.push_back(absl::StrCat(path.string(), ": ", problem.words));
    }
    shipped.texts_.emplace(kind.name, std::move(text));
  }
  if (!wrong.empty()) return absl::FailedPreconditionError(absl::StrJoin(wrong, "; "));
  return shipped;
}

const std::string& ShippedTemplates::TextOf(const LetterKind& kind) const {
  return texts_.find(kind.name)->second;
}

}  // namespace pathways::letters
