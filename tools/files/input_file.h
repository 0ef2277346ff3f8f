// Reading what the command line names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathways::files {

// Not thread-safe.
class InputFile {
 public:
  // `path` as people type it; "-" is standard input. NOT_FOUND, PERMISSION_DENIED or
  // INVALID_ARGUMENT (a folder), in plain English and with the path.
  static absl::StatusOr<InputFile> Open(const std::string& path);

  InputFile(InputFile&&) noexcept;
  InputFile& operator=(InputFile&&) noexcept;
  ~InputFile();

  // The next bytes, at most `most`, unpacked; fewer than `most` only where the file ends or a pipe
  // has no more for now. Empty at the end. DATA_LOSS when a packed file is damaged or cut short.
  absl::StatusOr<std::string> Read(std::size_t most);

  // Name without folders; "standard input" for "-".
  const std::string& name() const { return name_; }
  // Bytes that Read will answer in all; 0 where that is not known: packed files and pipes.
  std::int64_t size() const { return size_; }

 private:
  struct Handle;
  InputFile(std::unique_ptr<Handle> handle, std::string name, std::int64_t size);

  std::unique_ptr<Handle> handle_;
  std::string name_;
  std::int64_t size_ = 0;
};

}  // namespace pathways::files
