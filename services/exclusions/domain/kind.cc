#include "services/exclusions/domain/kind.h"

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"

namespace pathways::exclusions {
namespace {

struct Row {
  Kind kind;
  std::string_view code;
  std::string_view name;
};
constexpr std::array kRows = {
    Row{Kind::kSuspension, "SUSP", "suspension"},
    Row{Kind::kLunchtime, "LNCH", "lunchtime suspension"},
    Row{Kind::kPermanent, "PERM", "permanent exclusion"},
};
constexpr std::string_view kFormerCode = "FIXD";

}  // namespace

absl::StatusOr<Kind> ParseKind(std::string_view text) {
  std::string code(text);
  absl::StripAsciiWhitespace(&code);
  absl::AsciiStrToUpper(&code);
  if (code == kFormerCode) return Kind::kSuspension;
  const auto found = std::ranges::find(kRows, std::string_view(code), &Row::code);
  if (found == kRows.end()) return absl::InvalidArgumentError("must be SUSP, LNCH or PERM");
  return found->kind;
}

std::string_view KindCode(Kind kind) { return kRows[static_cast<std::size_t>(kind)].code; }

std::string_view KindName(Kind kind) { return kRows[static_cast<std::size_t>(kind)].name; }

}  // namespace pathways::exclusions
