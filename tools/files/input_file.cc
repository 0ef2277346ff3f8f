#include "tools/files/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace pathways::files {
namespace {

constexpr unsigned kBufferBytes = 128U << 10;

absl::Status CannotRead(const std::string& path, int error) {
  if (error == ENOENT) return absl::NotFoundError(absl::StrCat("There is no file ", path, "."));
  const std::string message =
      absl::StrCat("The file ", path, " cannot be read: ", std::strerror(error), ".");
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(message);
  return absl::InvalidArgumentError(message);
}

}  // namespace

struct InputFile::Handle {
  explicit Handle(gzFile opened) : file(opened) {}
  ~Handle() { gzclose_r(file); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  gzFile file;
};

InputFile::InputFile(std::unique_ptr<Handle> handle, std::string name, std::int64_t size)
    : handle_(std::move(handle)), name_(std::move(name)), size_(size) {}
InputFile::InputFile(InputFile&&) noexcept = default;
InputFile& InputFile::operator=(InputFile&&) noexcept = default;
InputFile::~InputFile() = default;

absl::StatusOr<InputFile> InputFile::Open(const std::string& path) {
  const bool standard_input = path == "-";
  const int descriptor =
      standard_input ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return CannotRead(path, errno);
  struct stat facts {};
  if (fstat(descriptor, &facts) != 0 || S_ISDIR(facts.st_mode)) {
    const int error = S_ISDIR(facts.st_mode) ? EISDIR : errno;
    close(descriptor);
    return CannotRead(path, error);
  }
  gzFile file = gzdopen(descriptor, "rb");
  if (file == nullptr) {
    close(descriptor);
    return absl::ResourceExhaustedError("There is not enough memory to read the file.");
  }
  gzbuffer(file, kBufferBytes);
  auto handle = std::make_unique<Handle>(file);
  // gzdirect looks at the first bytes, so not at a pipe that has none yet.
  const bool plain = S_ISREG(facts.st_mode) && gzdirect(file) == 1;
  return InputFile(std::move(handle),
                   standard_input ? "standard input" : path.substr(path.find_last_of('/') + 1),
                   plain ? static_cast<std::int64_t>(facts.st_size) : 0);
}

absl::StatusOr<std::string> InputFile::Read(std::size_t most) {
  std::string bytes(most, '\0');
  const int got = gzread(handle_->file, bytes.data(), static_cast<unsigned>(most));
  int error = Z_OK;
  const char* message = gzerror(handle_->file, &error);
  // At the end of a file that was cut short zlib hands out what there is and leaves Z_BUF_ERROR
  // behind.
  if (got < 0 || error == Z_BUF_ERROR) {
    if (error == Z_ERRNO) return CannotRead(name_, errno);
    return absl::DataLossError(
        error == Z_BUF_ERROR
            ? absl::StrCat("The packed file ", name_, " is cut short.")
            : absl::StrCat("The packed file ", name_, " is damaged: ", message, "."));
  }
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace pathways::files
