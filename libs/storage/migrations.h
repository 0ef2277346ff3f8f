// Brings a database's tables to the state this version of the code expects.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/deadline.h"

namespace pathways::storage {

// A folder of NNNN_name.sql files, numbered 0001, 0002, ... without a gap. Each is applied once, in
// its own transaction, seeing all rows (RowScope::System). A file whose first line is
//   -- pathways: no-transaction
// holds exactly one statement and runs outside a transaction (create index concurrently if not
// exists); invalid indexes that an interrupted one left behind are dropped before. It may run
// twice, when a crash comes before it is recorded.
struct MigrationSet {
  std::string name;  // numbering is each set's own
  std::filesystem::path directory;
};

// Where migrations and other run-time files are: environment PATHWAYS_HOME, otherwise the source
// tree it was built from.
std::filesystem::path HomeDirectory();

// A service names the sets it needs in order: LibraryMigrations("storage") first, other libraries',
// its own.
MigrationSet LibraryMigrations(std::string_view library);  // libs/<library>/migrations
MigrationSet ServiceMigrations(std::string_view service);  // services/<service>/migrations

struct MigrationOptions {
  std::string owner_uri;  // connects as <service>_owner
  // How long a migration waits for a lock before it gives way to the traffic; it is tried several
  // times.
  std::chrono::milliseconds lock_timeout{2000};
  int lock_attempts = 5;
};

struct Migrated {
  std::vector<std::string> applied;  // "set/0001_name"
};

// Applies what is missing of each set, in order. Starters at the same time wait for each other.
// FAILED_PRECONDITION when a file was changed after it had been applied, is misnamed, or the
// numbering has a gap; nothing is applied then. Migrations newer than the files at hand are no
// error: while a new version is rolled out, the old one still starts.
absl::StatusOr<Migrated> Migrate(const MigrationOptions& options,
                                 const std::vector<MigrationSet>& sets, Deadline deadline);

}  // namespace pathways::storage
