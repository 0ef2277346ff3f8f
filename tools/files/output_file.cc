#include "tools/files/output_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace pathways::files {
namespace {

std::string Named(const std::string& path) {
  return path.empty() || path == "-" ? "standard output" : path;
}

}  // namespace

absl::StatusOr<OutputFile> OutputFile::Open(const std::string& path,
                                            std::ostream& standard_output) {
  OutputFile output(path, standard_output);
  if (path.empty() || path == "-") return output;
  if (std::filesystem::is_directory(path))
    return absl::InvalidArgumentError(absl::StrCat(path, " is a folder."));
  output.file_ =
      std::make_unique<std::ofstream>(output.partial(), std::ios::binary | std::ios::trunc);
  if (output.file_->is_open()) return output;
  const std::string message =
      absl::StrCat("The file ", path, " cannot be written: ", std::strerror(errno), ".");
  output.file_.reset();
  return absl::PermissionDeniedError(message);
}

OutputFile::~OutputFile() {
  if (file_) std::remove(partial().c_str());
}

absl::Status OutputFile::Write(std::string_view bytes) {
  stream().write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream().good()) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("Nothing more can be written to ", Named(path_), "."));
}

absl::Status OutputFile::Commit() {
  stream().flush();
  if (!stream().good()) return Write("");
  if (!file_) return absl::OkStatus();
  file_->close();
  if (file_->fail() || std::rename(partial().c_str(), path_.c_str()) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat("The file ", path_, " cannot be written: ", std::strerror(errno), "."));
  }
  file_.reset();
  return absl::OkStatus();
}

}  // namespace pathways::files
