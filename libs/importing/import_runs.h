// Runs imports and answers for them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/education/clock.h"
#include "libs/importing/import_store.h"
#include "libs/importing/importer.h"
#include "libs/service/call.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"

namespace pathways::importing {

using common::v1::FileChunk;
using common::v1::ImportChunk;
using common::v1::ImportStart;

// What is counted while a file arrives; read by other threads.
struct Progress {
  std::atomic<std::int64_t> bytes_received{0};
  std::atomic<std::int64_t> rows_read{0};
  std::atomic<std::int64_t> rows_refused{0};
  std::atomic<bool> committing{false};
};

struct RunOptions {
  // Whose rows the writing transaction may touch. Importers that must match against all rows (a
  // pupil's UPN) run as the system and check each row's school against the caller's scope
  // themselves.
  storage::RowScope scope;
  // Longest time the writing may take.
  std::chrono::milliseconds apply_time{std::chrono::minutes(30)};
};

// How long refused rows can be fetched to be corrected; they are personal data.
inline constexpr std::chrono::hours kKeepRefused{24 * 30};

// One per service. Thread-safe.
class ImportRuns {
 public:
  ImportRuns(storage::Pool& pool, const education::Clock& clock) : pool_(pool), clock_(clock) {}

  // Once when the service starts: what was running is marked interrupted.
  absl::Status MarkInterrupted();

  // Now and then: forgets the refused rows (personal data) of imports that ended longer ago than
  // that. Their counts stay.
  absl::Status ForgetRefused(std::chrono::hours after);

  // Every few seconds: a file's rows are far more memory than a service needs at rest, and the
  // allocator would keep it for ever.
  absl::Status GiveMemoryBack();

  using MakeImporter =
      std::function<absl::StatusOr<std::unique_ptr<Importer>>(const ImportStart& start)>;

  // Reads the stream to its end message and answers what came of it: a refused file is an answer,
  // not an error. Errors: INVALID_ARGUMENT with field violations for a bad start or a stream that
  // stops without its end message; ABORTED while the same import runs; whatever the stream, the
  // importer or the database say.
  absl::Status Run(service::Call& call, service::Reader<ImportChunk>& in, const RunOptions& options,
                   const MakeImporter& make, ImportReport* report);

  // Outcome or progress. NOT_FOUND when there is none that the caller may see.
  absl::StatusOr<ImportReport> Get(service::Call& call, const std::string& import_id);
  absl::StatusOr<std::vector<ImportReport>> List(service::Call& call, std::string_view kind,
                                                 std::int32_t urn, std::int64_t offset,
                                                 std::int64_t limit);
  // The refused rows as a CSV file to correct and send again.
  absl::Status ExportRefused(service::Call& call, const std::string& import_id,
                             service::Writer<FileChunk>& out);

 private:
  class OneImport;
  std::shared_ptr<Progress> Begin(const std::string& import_id);
  void End(const std::string& import_id);

  storage::Pool& pool_;
  const education::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Progress>> running_;
  bool memory_to_give_ = false;
};

}  // namespace pathways::importing
