#include "libs/storage/migration_files.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <system_error>

namespace pathways::storage {
namespace {

constexpr std::string_view kNoTransaction = "-- pathways: no-transaction\n";

absl::StatusOr<MigrationFile> ReadFile(const std::filesystem::path& path) {
  static const std::regex kName("([0-9]{4})_[a-z0-9_]+");
  const std::string name = path.stem().string();
  std::smatch match;
  if (!std::regex_match(name, match, kName)) {
    return absl::FailedPreconditionError(path.string() + " is not named NNNN_name.sql");
  }
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) return absl::FailedPreconditionError("cannot read " + path.string());
  return MigrationFile{std::stoi(match[1]), name, std::move(text)};
}

}  // namespace

bool MigrationFile::in_transaction() const { return !text.starts_with(kNoTransaction); }

absl::StatusOr<std::vector<MigrationFile>> ReadMigrations(const MigrationSet& set) {
  std::error_code error;
  std::vector<MigrationFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(set.directory, error)) {
    if (entry.path().extension() != ".sql") continue;
    auto file = ReadFile(entry.path());
    if (!file.ok()) return file.status();
    files.push_back(*std::move(file));
  }
  if (error) return absl::FailedPreconditionError("no migrations in " + set.directory.string());
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].version == static_cast<int>(i + 1)) continue;
    return absl::FailedPreconditionError(set.directory.string() + ": migration " +
                                         std::to_string(i + 1) + " is missing or there twice");
  }
  return files;
}

std::filesystem::path HomeDirectory() {
  const char* home = std::getenv("PATHWAYS_HOME");
  return home != nullptr && *home != '\0' ? home : PATHWAYS_SOURCE_DIR;
}

MigrationSet LibraryMigrations(std::string_view library) {
  return {std::string(library), HomeDirectory() / "libs" / library / "migrations"};
}

MigrationSet ServiceMigrations(std::string_view service) {
  return {std::string(service), HomeDirectory() / "services" / service / "migrations"};
}

}  // namespace pathways::storage
