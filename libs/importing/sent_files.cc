#include "libs/importing/sent_files.h"

#include "libs/storage/run_in_transaction.h"

namespace pathways::importing {
namespace {

constexpr storage::Sql kFiles = R"(
  select import_id::text as import_id, file_name, person, started_at
  from import_job where import_id = any($1::uuid[]))";

}  // namespace

absl::StatusOr<std::map<std::string, SentFile>> FindSentFiles(
    storage::Pool& pool, const std::vector<std::string>& import_ids, storage::Deadline deadline) {
  using Files = std::map<std::string, SentFile>;
  if (import_ids.empty()) return Files();
  return storage::RunInTransaction(
      pool, storage::RowScope::System("sent files"), deadline,
      [&](storage::Transaction& transaction) -> absl::StatusOr<Files> {
        const auto rows = transaction.Query(kFiles, import_ids);
        if (!rows.ok()) return rows.status();
        Files files;
        for (const storage::Row& row : *rows) {
          files.emplace(row.Get<std::string>("import_id"),
                        SentFile{row.Get<std::string>("file_name"), row.Get<std::string>("person"),
                                 row.Get<education::Instant>("started_at")});
        }
        return files;
      });
}

}  // namespace pathways::importing
