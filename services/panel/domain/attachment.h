// A file of a case: what may be one. What it is, is told by its content, never by its name alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/panel/domain/panel_case.h"

namespace pathways::panel {

using AttachmentId = education::Uuid<struct AttachmentIdTag>;

// A scanned report of many pages; larger ones are pictures to be made smaller. The database
// refuses more, too.
inline constexpr std::int64_t kMostAttachmentBytes = 10 << 20;
inline constexpr int kMostAttachments = 20;

enum class AttachmentKind : std::uint8_t { kPdf, kWord, kPng, kJpeg, kText };
inline constexpr auto kAttachmentKindNames =
    MakeNames<AttachmentKind>({"pdf", "word", "png", "jpeg", "text"});

enum class ScanState : std::uint8_t { kNotScanned, kClean };
inline constexpr auto kScanStateNames = MakeNames<ScanState>({"not_scanned", "clean"});

struct Attachment {
  AttachmentId id;
  CaseId panel_case;
  education::PupilId pupil;
  education::Urn urn;
  education::LaCode la_code;
  std::string file_name;
  AttachmentKind kind = AttachmentKind::kPdf;
  std::int64_t bytes = 0;
  std::string digest = {};  // SHA-256, hexadecimal
  ScanState scan = ScanState::kNotScanned;
  education::Instant added_at = {};
  std::string added_by = {};
  std::optional<education::Instant> removed_at = {};
  std::string removed_by = {};
  std::string removed_reason = {};

  // Read only.
  bool in_pack = false;   // a sealed pack holds it
  bool readable = false;  // its content is there, and for the caller
};

// The last part of the path, without control characters, at most 200 bytes, cut between letters.
// INVALID_ARGUMENT when nothing is left.
absl::StatusOr<std::string> TidyFileName(std::string_view name);

// What a file is. `mime`: of its content, as libmagic says. INVALID_ARGUMENT in words when it is of
// no kind we take, its ending says another, or it carries macros.
absl::StatusOr<AttachmentKind> KindOfFile(std::string_view mime, std::string_view file_name,
                                          std::string_view content);

// For the answer of a download, such as "application/pdf".
std::string_view MimeOf(AttachmentKind kind);

// FAILED_PRECONDITION in words when the case takes no file now: its pack is sealed, or it is over.
absl::Status CheckTakesFiles(const PanelCase& panel_case);

}  // namespace pathways::panel
