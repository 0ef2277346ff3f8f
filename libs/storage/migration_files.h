// Private to this library: the files of a migration set.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/storage/migrations.h"

namespace pathways::storage {

struct MigrationFile {
  int version;
  std::string name;  // 0001_name
  std::string text;

  bool in_transaction() const;
};

// By version. FAILED_PRECONDITION when a file is named otherwise, or the numbers are not 1, 2, 3,
// ...
absl::StatusOr<std::vector<MigrationFile>> ReadMigrations(const MigrationSet& set);

}  // namespace pathways::storage
