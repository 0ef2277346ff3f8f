#include "libs/storage/migrations.h"

#include <map>
#include <thread>
#include <utility>

#include "libs/storage/errors.h"
#include "libs/storage/migration_files.h"
#include "libs/storage/session.h"

namespace pathways::storage {
namespace {

// Any number, the same for ever: "pathways" as octets.
constexpr std::int64_t kLock = 0x7061746877617973;
constexpr std::chrono::milliseconds kLockPause(50);

// Before any right is given by default: the service has none on it.
constexpr std::string_view kCreateHistory = R"(
create table if not exists public.applied_migration (
  set_name text not null,
  version integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now(),
  constraint applied_migration_pk primary key (set_name, version)
))";

constexpr Sql kApplied =
    "select version, name, checksum from public.applied_migration where set_name = $1";
constexpr Sql kChecksum = "select encode(sha256($1::bytea), 'hex') as checksum";
constexpr Sql kRecord =
    "insert into public.applied_migration (set_name, version, name, checksum)"
    " values ($1, $2, $3, encode(sha256($4::bytea), 'hex'))";

// An interrupted "create index concurrently" leaves an index that is kept up and never used.
constexpr Sql kBrokenIndexes =
    "select format('drop index concurrently %s', indexrelid::regclass) as statement"
    " from pg_index where not indisvalid";

absl::Status In(const std::string& where, const absl::Status& status) {
  if (status.ok()) return status;
  absl::Status named(status.code(), where + ": " + std::string(status.message()));
  status.ForEachPayload([&](auto type, const auto& payload) { named.SetPayload(type, payload); });
  return named;
}

struct Pending {
  std::string set;
  MigrationFile file;
};

class Migrator {
 public:
  Migrator(Session session, const MigrationOptions& options, Deadline deadline)
      : session_(std::move(session)), options_(options), deadline_(deadline) {}

  absl::StatusOr<Migrated> Run(const std::vector<MigrationSet>& sets) {
    if (absl::Status status = Lock(); !status.ok()) return status;
    if (absl::Status status = session_.RunScript(deadline_, kCreateHistory); !status.ok())
      return status;
    const auto pending = FindPending(sets);
    if (!pending.ok()) return pending.status();
    Migrated migrated;
    for (const Pending& next : *pending) {
      const std::string where = next.set + "/" + next.file.name;
      if (absl::Status status = In(where, ApplyWithRetries(next)); !status.ok()) return status;
      migrated.applied.push_back(where);
    }
    return migrated;
  }

 private:
  // Asked for again and again: waiting inside the server would hold a snapshot, for which the
  // holder's "create index concurrently" would wait in turn.
  absl::Status Lock() {
    while (true) {
      const auto locked = session_.TryLock(deadline_, kLock);
      if (!locked.ok()) return In("waiting for another migrator", locked.status());
      if (*locked) return absl::OkStatus();
      std::this_thread::sleep_for(kLockPause);
    }
  }

  absl::StatusOr<std::vector<Pending>> FindPending(const std::vector<MigrationSet>& sets) {
    std::vector<Pending> pending;
    for (const MigrationSet& set : sets) {
      auto files = ReadMigrations(set);
      if (!files.ok()) return files.status();
      const auto applied = session_.Query(deadline_, kApplied, set.name);
      if (!applied.ok()) return applied.status();
      std::map<int, Row> by_version;
      for (const Row& row : *applied) by_version.emplace(row.Get<std::int32_t>("version"), row);
      for (MigrationFile& file : *files) {
        const auto done = by_version.find(file.version);
        if (done == by_version.end()) {
          pending.push_back({set.name, std::move(file)});
        } else if (absl::Status status = CheckUnchanged(set, file, done->second); !status.ok()) {
          return status;
        }
      }
    }
    return pending;
  }

  absl::Status CheckUnchanged(const MigrationSet& set, const MigrationFile& file,
                              const Row& applied) {
    const auto checksum = session_.Query(deadline_, kChecksum, Bytes{file.text});
    if (!checksum.ok()) return checksum.status();
    if (checksum->front().Get<std::string_view>("checksum") ==
            applied.Get<std::string_view>("checksum") &&
        file.name == applied.Get<std::string_view>("name")) {
      return absl::OkStatus();
    }
    return absl::FailedPreconditionError(
        set.name + "/" + file.name +
        " was changed after it had been applied; write a new migration instead");
  }

  absl::Status ApplyWithRetries(const Pending& pending) {
    for (int attempt = 1;; ++attempt) {
      absl::Status status = pending.file.in_transaction() ? Apply(pending) : ApplyAlone(pending);
      if (!IsRetryable(status) || attempt >= options_.lock_attempts) return status;
    }
  }

  absl::Status Apply(const Pending& pending) {
    absl::Status status = ApplyInTransaction(pending);
    if (!status.ok()) session_.RunScript(deadline_, "rollback").IgnoreError();
    return status;
  }

  absl::Status ApplyInTransaction(const Pending& pending) {
    const std::string begin = "begin; set local lock_timeout = " + LockTimeout() +
                              "; select set_config('app.everything', 't', true),"
                              " set_config('app.person', 'system:migration', true)";
    if (absl::Status status = session_.RunScript(deadline_, begin); !status.ok()) return status;
    if (absl::Status status = session_.RunScript(deadline_, pending.file.text); !status.ok())
      return status;
    if (absl::Status status = Record(pending); !status.ok()) return status;
    return session_.RunScript(deadline_, "commit");
  }

  absl::Status ApplyAlone(const Pending& pending) {
    const auto broken = session_.Query(deadline_, kBrokenIndexes);
    if (!broken.ok()) return broken.status();
    for (const Row& row : *broken) {
      absl::Status status = session_.RunScript(deadline_, row.Get<std::string_view>("statement"));
      if (!status.ok()) return status;
    }
    absl::Status status = session_.RunScript(deadline_, "set lock_timeout = " + LockTimeout());
    if (status.ok()) status = session_.RunScript(deadline_, pending.file.text);
    return status.ok() ? Record(pending) : status;
  }

  absl::Status Record(const Pending& pending) {
    const MigrationFile& file = pending.file;
    return session_
        .Query(deadline_, kRecord, pending.set, file.version, file.name, Bytes{file.text})
        .status();
  }

  std::string LockTimeout() const { return std::to_string(options_.lock_timeout.count()); }

  Session session_;
  const MigrationOptions& options_;
  const Deadline deadline_;
};

}  // namespace

absl::StatusOr<Migrated> Migrate(const MigrationOptions& options,
                                 const std::vector<MigrationSet>& sets, Deadline deadline) {
  auto session = Session::Open(options.owner_uri, "pathways-migrator");
  if (!session.ok()) return session.status();
  return Migrator(*std::move(session), options, deadline).Run(sets);
}

}  // namespace pathways::storage
