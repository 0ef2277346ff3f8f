// An authority's own versions of templates, each kept for ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/education/identifiers.h"
#include "libs/letters/shipped.h"
#include "libs/storage/transaction.h"

namespace pathways::letters {

struct TemplateVersion {
  education::LaCode la_code;
  std::string kind;
  std::int64_t version = 0;  // 1, 2, ...; 0: as shipped
  std::string text = {};
  education::Instant updated_at = {};
  std::string updated_by = {};
  std::string last_call = {};  // request id of the call that saved it
};

// The newest, or the one shipped where the authority has none.
absl::StatusOr<TemplateVersion> TemplateInForce(storage::Transaction& transaction,
                                                const ShippedTemplates& shipped,
                                                const LetterKind& kind, education::LaCode la_code);
// That version. NOT_FOUND when there is none.
absl::StatusOr<TemplateVersion> FindTemplate(storage::Transaction& transaction,
                                             const ShippedTemplates& shipped,
                                             const LetterKind& kind, education::LaCode la_code,
                                             std::int64_t version);
// Newest first, the shipped one left out.
absl::StatusOr<std::vector<TemplateVersion>> ListVersions(storage::Transaction& transaction,
                                                          std::string_view kind,
                                                          education::LaCode la_code);
// ALREADY_EXISTS when there is that version: a colleague was quicker.
absl::Status InsertTemplate(storage::Transaction& transaction, const TemplateVersion& version);

}  // namespace pathways::letters
