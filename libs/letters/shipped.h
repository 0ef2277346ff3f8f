// The templates that come with Pathways: files, which an authority's own versions go before.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/letters/kind.h"

namespace pathways::letters {

class ShippedTemplates {
 public:
  // Reads <directory>/<kind>.md of every kind, once at start. FAILED_PRECONDITION naming all that
  // is missing or that CheckTemplate has something against. `kinds` must outlive it.
  static absl::StatusOr<ShippedTemplates> Read(const std::filesystem::path& directory,
                                               std::span<const LetterKind> kinds);

  std::span<const LetterKind> kinds() const { return kinds_; }
  // Of a kind that it was read with.
  const std::string& TextOf(const LetterKind& kind) const;

 private:
  explicit ShippedTemplates(std::span<const LetterKind> kinds) : kinds_(kinds) {}

  std::span<const LetterKind> kinds_;
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace pathways::letters
