// What a file is, by its content (libmagic, as the command file).
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathways::panel {

// Such as "application/pdf". INTERNAL when libmagic has no database. Any thread; milliseconds.
absl::StatusOr<std::string> MimeOfContent(std::string_view content);

}  // namespace pathways::panel
