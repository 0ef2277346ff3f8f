// Writing what the command line names.
#pragma once

#include <fstream>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace pathways::files {

// Appears under its name when Commit succeeds; without that nothing is left behind. Not
// thread-safe.
class OutputFile {
 public:
  // "-" or empty: `standard_output`, which must outlive this. PERMISSION_DENIED or
  // INVALID_ARGUMENT, with the path.
  static absl::StatusOr<OutputFile> Open(const std::string& path, std::ostream& standard_output);

  OutputFile(OutputFile&&) = default;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  // RESOURCE_EXHAUSTED when the bytes cannot be written: the disk is full, or nobody reads the pipe
  // any more.
  absl::Status Write(std::string_view bytes);
  absl::Status Commit();

 private:
  OutputFile(std::string path, std::ostream& standard_output)
      : path_(std::move(path)), standard_output_(standard_output) {}
  std::string partial() const { return path_ + ".partial"; }
  std::ostream& stream() { return file_ ? *file_ : standard_output_; }

  std::string path_;
  std::ostream& standard_output_;
  std::unique_ptr<std::ofstream> file_;  // none: standard output, or committed
};

}  // namespace pathways::files
