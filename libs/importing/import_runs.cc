#include "libs/importing/import_runs.h"

#include <malloc.h>

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "libs/events/crash_point.h"
#include "libs/importing/file_reader.h"
#include "libs/service/send_file.h"
#include "libs/service/status.h"
#include "libs/storage/errors.h"
#include "libs/storage/run_in_transaction.h"
#include "libs/tabular/annotated.h"

namespace pathways::importing {
namespace {

using common::v1::ImportState;
using service::Call;
using storage::Deadline;

constexpr std::chrono::seconds kShort{10};
constexpr std::size_t kMaxFileName = 200;

// Without folders, control characters and excess.
std::string SafeFileName(const std::string& name) {
  std::string safe = name.substr(name.find_last_of("/\\") + 1);
  std::erase_if(safe, [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
  return safe.substr(0, kMaxFileName);
}

absl::Status CheckStart(const ImportStart& start) {
  service::FieldViolations wrong;
  wrong.AddIfError("start.import_id", ImportId::Parse(start.import_id()).status());
  if (start.urn() != 0)
    wrong.AddIfError("start.urn", education::Urn::FromInt(start.urn()).status());
  if (start.total_bytes() < 0)
    wrong.Add("start.total_bytes", "Give the size of the file in bytes, or 0");
  return wrong.ToStatus();
}

absl::StatusOr<ImportStart> ReadStart(service::Reader<ImportChunk>& in) {
  ImportChunk chunk;
  auto more = in.Read(&chunk);
  if (!more.ok()) return more.status();
  if (!*more || !chunk.has_start()) {
    return service::InvalidField("start", "Send the start of the import as the first message");
  }
  if (absl::Status status = CheckStart(chunk.start()); !status.ok()) return status;
  return chunk.start();
}

bool IsFinished(const ImportReport& report) {
  return report.state() == common::v1::IMPORT_STATE_DONE ||
         report.state() == common::v1::IMPORT_STATE_DONE_WITH_REFUSALS ||
         report.state() == common::v1::IMPORT_STATE_REFUSED;
}

void SetEffect(const Effect& effect, ImportReport* report) {
  report->set_records_new(effect.records_new);
  report->set_records_changed(effect.records_changed);
  report->set_records_unchanged(effect.records_unchanged);
  for (const std::string& note : effect.notes) report->add_notes(note);
  if (effect.first_day) report->set_first_day(effect.first_day->ToIso());
  if (effect.last_day) report->set_last_day(effect.last_day->ToIso());
}

bool RefusesFile(const ImportStart& start, const Refusals& refusals) {
  return refusals.whole_file() ||
         (start.on_bad_rows() == common::v1::ON_BAD_ROWS_REFUSE_FILE && !refusals.empty());
}

void SetCounts(const FileReader& file, const Refusals& refusals, ImportState state,
               education::Instant now, ImportReport* report) {
  report->set_state(state);
  report->set_rows_read(file.rows_read());
  report->set_rows_refused(state == common::v1::IMPORT_STATE_REFUSED ? file.rows_read()
                                                                     : refusals.rows());
  report->set_rows_good(file.rows_read() - report->rows_refused());
  report->set_problem_count(refusals.problem_count());
  report->set_finished_at(education::InstantToString(now));
}

// Reads the header and, if there is one, one row under it: each row by itself, so that an open
// quotation mark swallows no other row.
absl::Status ReadRow(const HeaderLine& header, std::string_view raw,
                     tabular::CsvCallbacks callbacks) {
  tabular::CsvReader reader({}, std::move(callbacks));
  for (const std::string_view part : {std::string_view(header.raw), std::string_view("\n"), raw}) {
    if (absl::Status status = reader.Feed(part); !status.ok()) return status;
  }
  return reader.Finish();
}

// A row as it was with what is wrong with it; one that cannot be read is cut at its delimiters.
absl::Status AddRow(const HeaderLine& header, const RefusedRow& row,
                    tabular::AnnotatedFile& annotated) {
  return ReadRow(header, row.raw,
                 {.on_header = [](const tabular::Record&) { return absl::OkStatus(); },
                  .on_record =
                      [&](const tabular::Record& record) {
                        annotated.Add(record.fields, row.problems);
                        return absl::OkStatus();
                      },
                  .on_bad_record =
                      [&](const tabular::BadRecord&) {
                        annotated.AddRaw(row.raw, row.problems);
                        return absl::OkStatus();
                      }});
}

// The header as it came, "errors" added, then each refused row.
absl::StatusOr<std::string> Annotate(const RefusedFile& file) {
  std::string text;
  std::optional<tabular::AnnotatedFile> annotated;
  absl::Status status =
      ReadRow(file.header, "",
              {.on_header =
                   [&](const tabular::Record& record) {
                     annotated.emplace(&text, record.fields, file.header.delimiter);
                     return absl::OkStatus();
                   },
               .on_record = [](const tabular::Record&) { return absl::OkStatus(); },
               .on_bad_record = [](const tabular::BadRecord&) { return absl::OkStatus(); }});
  if (!status.ok()) return status;
  for (const RefusedRow& row : file.rows) {
    if (row.raw.empty()) {
      annotated->AddRaw(row.raw, row.problems);
    } else if (status = AddRow(file.header, row, *annotated); !status.ok()) {
      return status;
    }
  }
  return text;
}

}  // namespace

// One import under way.
class ImportRuns::OneImport {
 public:
  OneImport(ImportRuns& runs, Call& call, const ImportStart& start, const RunOptions& options)
      : runs_(runs), call_(call), start_(start), options_(options) {
    base_.set_import_id(start.import_id());
    base_.set_file_name(SafeFileName(start.file_name()));
    base_.set_urn(start.urn());
    base_.set_total_bytes(start.total_bytes());
    base_.set_state(common::v1::IMPORT_STATE_CHECKING);
    base_.set_started_at(education::InstantToString(runs.clock_.Now()));
    base_.set_person_id(call.caller().ToRowScope().person);
  }

  // The earlier outcome, when this import was finished before; nothing when it is to be run now.
  absl::StatusOr<std::optional<ImportReport>> Open(std::string_view kind) {
    return storage::RunInTransaction(
        runs_.pool_, call_.caller().ToRowScope(), Deadline::After(kShort),
        [&](storage::Transaction& transaction) -> absl::StatusOr<std::optional<ImportReport>> {
          auto begun = InsertImport(transaction, kind, base_);
          if (!begun.ok()) return begun.status();
          if (*begun) return std::nullopt;
          auto known = FindImport(transaction, *ImportId::Parse(start_.import_id()));
          if (!known.ok()) return known.status();
          if (IsFinished(*known)) return *known;
          if (absl::Status status = ReopenImport(transaction, base_); !status.ok()) return status;
          return std::nullopt;
        });
  }

  absl::Status Receive(service::Reader<ImportChunk>& in, FileReader& file, Progress& progress) {
    ImportChunk chunk;
    while (true) {
      auto more = in.Read(&chunk);
      if (!more.ok()) return more.status();
      // gRPC cannot tell for certain the end of what was sent from the loss of its sender.
      if (!*more) return service::InvalidField("end", "Send the end as the last message");
      if (chunk.has_end()) return file.Finish();
      if (absl::Status status = file.Feed(chunk.data()); !status.ok()) return status;
      progress.bytes_received.fetch_add(static_cast<std::int64_t>(chunk.data().size()),
                                        std::memory_order_relaxed);
    }
  }

  absl::StatusOr<ImportReport> Write(Importer& importer, FileReader& file, Progress& progress) {
    base_.set_bytes_received(progress.bytes_received);
    if (RefusesFile(start_, file.refusals())) return RecordRefused(file, file.refusals());
    progress.committing = true;
    ImportReport report;
    Refusals refusals;
    absl::Status status =
        storage::RunInTransaction(runs_.pool_, options_.scope, Deadline::After(options_.apply_time),
                                  [&](storage::Transaction& transaction) {
                                    report = base_;
                                    refusals = file.refusals();
                                    return Apply(importer, file, transaction, refusals, &report);
                                  });
    if (storage::IsInDoubt(status)) return ResolveDoubt(status);
    if (absl::IsCancelled(status) && RefusesFile(start_, refusals))
      return RecordRefused(file, refusals);
    if (!status.ok()) return status;
    events::CrashPoint("import.after_commit");
    return report;
  }

  // Nothing was written, and why.
  void RecordInterrupted() {
    ImportReport report = base_;
    report.set_state(common::v1::IMPORT_STATE_INTERRUPTED);
    report.set_finished_at(education::InstantToString(runs_.clock_.Now()));
    // If this fails too, the next start of the service marks it.
    (void)Finish(report, Refusals(), HeaderLine());
  }

 private:
  absl::Status Apply(Importer& importer, FileReader& file, storage::Transaction& transaction,
                     Refusals& refusals, ImportReport* report) {
    auto effect = importer.Apply(transaction, refusals);
    if (!effect.ok()) return effect.status();
    // Rolls back; Write then records the refusal.
    if (RefusesFile(start_, refusals)) return absl::CancelledError("the file is refused");
    SetEffect(*effect, report);
    SetCounts(file, refusals,
              refusals.empty() ? common::v1::IMPORT_STATE_DONE
                               : common::v1::IMPORT_STATE_DONE_WITH_REFUSALS,
              runs_.clock_.Now(), report);
    absl::Status status = FinishImport(transaction, *report, refusals, file.header());
    if (status.ok()) events::CrashPoint("import.before_commit");
    return status;
  }

  absl::StatusOr<ImportReport> RecordRefused(const FileReader& file, const Refusals& refusals) {
    ImportReport report = base_;
    SetCounts(file, refusals, common::v1::IMPORT_STATE_REFUSED, runs_.clock_.Now(), &report);
    if (absl::Status status = Finish(report, refusals, file.header()); !status.ok()) return status;
    return report;
  }

  absl::Status Finish(const ImportReport& report, const Refusals& refusals,
                      const HeaderLine& header) {
    return storage::RunInTransaction(runs_.pool_, options_.scope, Deadline::After(kShort),
                                     [&](storage::Transaction& transaction) {
                                       return FinishImport(transaction, report, refusals, header);
                                     });
  }

  // The connection was lost while committing: the outcome stands in the import's row, if it
  // happened.
  absl::StatusOr<ImportReport> ResolveDoubt(const absl::Status& doubt) {
    auto known = runs_.Get(call_, start_.import_id());
    if (known.ok() && IsFinished(*known)) return known;
    return doubt;
  }

  ImportRuns& runs_;
  Call& call_;
  const ImportStart& start_;
  const RunOptions& options_;
  ImportReport base_;
};

absl::Status ImportRuns::MarkInterrupted() {
  return storage::RunInTransaction(
      pool_, storage::RowScope::System("imports"), Deadline::After(kShort),
      [&](storage::Transaction& transaction) {
        return importing::MarkInterrupted(transaction, clock_.Now()).status();
      });
}

absl::Status ImportRuns::ForgetRefused(std::chrono::hours after) {
  return storage::RunInTransaction(
      pool_, storage::RowScope::System("imports"), Deadline::After(kShort),
      [&](storage::Transaction& transaction) {
        return DropRefusedBefore(transaction, clock_.Now() - after).status();
      });
}

std::shared_ptr<Progress> ImportRuns::Begin(const std::string& import_id) {
  const std::lock_guard lock(mutex_);
  const auto [entry, fresh] = running_.try_emplace(import_id, nullptr);
  if (!fresh) return nullptr;
  entry->second = std::make_shared<Progress>();
  return entry->second;
}

void ImportRuns::End(const std::string& import_id) {
  const std::lock_guard lock(mutex_);
  running_.erase(import_id);
  memory_to_give_ = true;
}

absl::Status ImportRuns::GiveMemoryBack() {
  const std::lock_guard lock(mutex_);
  if (running_.empty() && std::exchange(memory_to_give_, false)) malloc_trim(0);
  return absl::OkStatus();
}

absl::Status ImportRuns::Run(Call& call, service::Reader<ImportChunk>& in,
                             const RunOptions& options, const MakeImporter& make,
                             ImportReport* report) {
  const auto start = ReadStart(in);
  if (!start.ok()) return start.status();
  auto importer = make(*start);
  if (!importer.ok()) return importer.status();

  const std::shared_ptr<Progress> progress = Begin(start->import_id());
  if (progress == nullptr)
    return absl::AbortedError("This import is running. Wait for its outcome.");
  const std::unique_ptr<void, std::function<void(void*)>> ended(
      this, [&](void*) { End(start->import_id()); });

  OneImport run(*this, call, *start, options);
  auto earlier = run.Open((*importer)->kind());
  if (!earlier.ok()) return earlier.status();
  if (earlier->has_value()) {
    *report = **std::move(earlier);
    return absl::OkStatus();
  }
  FileReader file(**importer, *progress);
  absl::Status status = run.Receive(in, file, *progress);
  if (status.ok()) {
    auto written = run.Write(**importer, file, *progress);
    if (written.ok()) {
      // Stored with their problems, which are read back as whoever asks later reads them.
      if (written->problem_count() > 0) {
        if (auto outcome = Get(call, start->import_id()); outcome.ok())
          written = std::move(outcome);
      }
      *report = *std::move(written);
      return absl::OkStatus();
    }
    status = written.status();
  }
  if (!storage::IsInDoubt(status)) run.RecordInterrupted();
  return status;
}

absl::StatusOr<ImportReport> ImportRuns::Get(Call& call, const std::string& import_id) {
  const auto id = service::ReadId<ImportId>("import_id", import_id);
  if (!id.ok()) return id.status();
  auto report = storage::RunInTransaction(
      pool_, call.caller().ToRowScope(), Deadline::After(kShort),
      [&](storage::Transaction& transaction) { return FindImport(transaction, *id); });
  if (!report.ok() || IsFinished(*report)) return report;
  const std::lock_guard lock(mutex_);
  const auto running = running_.find(import_id);
  if (running == running_.end()) return report;
  const Progress& progress = *running->second;
  report->set_bytes_received(progress.bytes_received);
  report->set_rows_read(progress.rows_read);
  report->set_rows_refused(progress.rows_refused);
  report->set_rows_good(report->rows_read() - report->rows_refused());
  if (progress.committing) report->set_state(common::v1::IMPORT_STATE_COMMITTING);
  return report;
}

absl::StatusOr<std::vector<ImportReport>> ImportRuns::List(Call& call, std::string_view kind,
                                                           std::int32_t urn, std::int64_t offset,
                                                           std::int64_t limit) {
  return storage::RunInTransaction(pool_, call.caller().ToRowScope(), Deadline::After(kShort),
                                   [&](storage::Transaction& transaction) {
                                     return ListImports(transaction, kind, urn, offset, limit);
                                   });
}

absl::Status ImportRuns::ExportRefused(Call& call, const std::string& import_id,
                                       service::Writer<FileChunk>& out) {
  const auto id = service::ReadId<ImportId>("import_id", import_id);
  if (!id.ok()) return id.status();
  auto file = storage::RunInTransaction(
      pool_, call.caller().ToRowScope(), call.deadline(),
      [&](storage::Transaction& transaction) { return ReadRefused(transaction, *id); });
  if (!file.ok()) return file.status();

  auto text = Annotate(*file);
  if (!text.ok()) return text.status();
  return service::SendFile(*text, out);
}

}  // namespace pathways::importing
