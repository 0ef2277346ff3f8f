#include "services/panel/domain/attachment.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace pathways::panel {
namespace {

constexpr std::size_t kLongestName = 200;

struct KindOfContent {
  AttachmentKind kind;
  std::string_view mime;
  std::string words;
  std::vector<std::string> endings;
};

const std::array<KindOfContent, kAttachmentKindNames.size()>& Kinds() {
  static const auto& kinds = *new std::array<KindOfContent, kAttachmentKindNames.size()>{{
      {AttachmentKind::kPdf, "application/pdf", "a PDF", {".pdf"}},
      {AttachmentKind::kWord,
       "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
       "a Word document",
       {".docx"}},
      {AttachmentKind::kPng, "image/png", "a PNG picture", {".png"}},
      {AttachmentKind::kJpeg, "image/jpeg", "a JPEG picture", {".jpg", ".jpeg"}},
      {AttachmentKind::kText, "text/plain", "plain text", {".txt"}},
  }};
  return kinds;
}

bool EndsIn(std::string_view name, const KindOfContent& kind) {
  const std::string lower = absl::AsciiStrToLower(std::string(name));
  return std::ranges::any_of(kind.endings,
                             [&](std::string_view ending) { return lower.ends_with(ending); });
}

// The table of contents of an Office file is not packed: a part that holds macros shows its name.
bool HasMacros(std::string_view content) {
  return content.find("vbaProject.bin") != std::string_view::npos;
}

// Not within a letter of several bytes (UTF-8).
std::string_view CutName(std::string_view name, std::size_t end) {
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end);
}

}  // namespace

absl::StatusOr<std::string> TidyFileName(std::string_view name) {
  std::string tidy(name.substr(name.find_last_of("/\\") + 1));
  std::erase_if(tidy, [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
  // The ending is what is looked at: kept when the name is long.
  const std::size_t dot = tidy.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : tidy.substr(dot).substr(0, 6);
  if (tidy.size() > kLongestName) {
    tidy = std::string(CutName(tidy, kLongestName - ending.size())) + ending;
  }
  absl::StripAsciiWhitespace(&tidy);
  if (tidy.empty()) return absl::InvalidArgumentError("Select a file that has a name");
  return tidy;
}

absl::StatusOr<AttachmentKind> KindOfFile(std::string_view mime, std::string_view file_name,
                                          std::string_view content) {
  const auto kind = std::ranges::find(Kinds(), mime, &KindOfContent::mime);
  if (kind == Kinds().end()) {
    return absl::InvalidArgumentError(
        "The file must be a PDF, Word document (.docx), PNG or JPEG picture, or plain text. Other "
        "programs can usually save as PDF");
  }
  if (!EndsIn(file_name, *kind)) {
    return absl::InvalidArgumentError(absl::StrCat("The file is ", kind->words,
                                                   ", but its name does not end in ",
                                                   kind->endings.front(), ": check what it is"));
  }
  if (kind->kind == AttachmentKind::kWord && HasMacros(content)) {
    return absl::InvalidArgumentError(
        "The Word document has macros: save it without them, or as PDF");
  }
  return kind->kind;
}

std::string_view MimeOf(AttachmentKind kind) {
  return Kinds()[static_cast<std::size_t>(kind)].mime;
}

absl::Status CheckTakesFiles(const PanelCase& panel_case) {
  if (panel_case.state == CaseState::kClosed || panel_case.state == CaseState::kWithdrawn) {
    return absl::FailedPreconditionError("The case is over: files cannot be added or removed");
  }
  if (panel_case.sealed) {
    return absl::FailedPreconditionError(
        "The pack of this case is sealed: files cannot be added or removed before the panel has "
        "met");
  }
  return absl::OkStatus();
}

}  // namespace pathways::panel
