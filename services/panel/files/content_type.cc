#include "services/panel/files/content_type.h"

#include <magic.h>

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathways::panel {
namespace {

struct CloseMagic {
  void operator()(magic_set* magic) const { magic_close(magic); }
};

}  // namespace

absl::StatusOr<std::string> MimeOfContent(std::string_view content) {
  // A handle belongs to one thread; its database is mapped, not read.
  const std::unique_ptr<magic_set, CloseMagic> magic(magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR));
  if (magic == nullptr || magic_load(magic.get(), nullptr) != 0) {
    return absl::InternalError("libmagic cannot read its database");
  }
  const char* mime = magic_buffer(magic.get(), content.data(), content.size());
  if (mime == nullptr) {
    return absl::InternalError(absl::StrCat("libmagic: ", magic_error(magic.get())));
  }
  return std::string(mime);
}

}  // namespace pathways::panel
