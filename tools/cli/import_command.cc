#include <atomic>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/education/uuid.h"
#include "tools/cli/commands.h"
#include "tools/cli/import_summary.h"
#include "tools/cli/progress.h"
#include "tools/files/input_file.h"
#include "tools/files/output_file.h"

namespace pathways::cli {
namespace {

using common::v1::ImportChunk;
using common::v1::ImportReport;
using files::InputFile;

constexpr std::size_t kPieceBytes = std::size_t{128} << 10;

bool MayHaveBeenTaken(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

// One file on its way.
class FileImport {
 public:
  FileImport(const ImportArguments& arguments, Services& services, std::string import_id,
             InputFile file)
      : arguments_(arguments),
        services_(services),
        import_id_(std::move(import_id)),
        file_(std::move(file)) {}

  const std::string& import_id() const { return import_id_; }
  bool begun() const { return sent_ > 0; }

  absl::StatusOr<ImportReport> Send(Console& console) {
    const ProgressLine progress(console, [this] { return Describe(); });
    bool started = false;
    return services_.Import(arguments_.kind, [&](ImportChunk* chunk) -> absl::StatusOr<bool> {
      if (!std::exchange(started, true)) {
        FillStart(chunk);
        return true;
      }
      if (chunk->has_end()) return false;
      auto bytes = file_.Read(kPieceBytes);
      if (!bytes.ok()) return bytes.status();
      if (bytes->empty()) {
        chunk->mutable_end();
        return true;
      }
      sent_ += static_cast<std::int64_t>(bytes->size());
      chunk->set_data(*std::move(bytes));
      return true;
    });
  }

 private:
  void FillStart(ImportChunk* chunk) const {
    common::v1::ImportStart& start = *chunk->mutable_start();
    start.set_import_id(import_id_);
    start.set_file_name(file_.name());
    start.set_on_bad_rows(arguments_.on_bad_rows);
    start.set_urn(arguments_.urn);
    start.set_date_form(arguments_.date_form);
    start.set_total_bytes(file_.size());
  }

  // On the progress line's thread.
  std::string Describe() const {
    std::string text = absl::StrCat(file_.name(), ": ", DescribeBytes(sent_, file_.size()));
    if (!TellsProgress(arguments_.kind)) return text;
    const auto report = services_.GetImport(arguments_.kind, import_id_);
    if (!report.ok()) return text;  // not begun yet
    absl::StrAppend(&text, ", ", Count(report->rows_read(), "row"));
    if (report->rows_refused() > 0)
      absl::StrAppend(&text, ", ", WithCommas(report->rows_refused()), " refused");
    return report->state() == common::v1::IMPORT_STATE_COMMITTING ? text + ", saving" : text;
  }

  const ImportArguments& arguments_;
  Services& services_;
  const std::string import_id_;
  InputFile file_;
  std::atomic<std::int64_t> sent_ = 0;
};

absl::Status WriteRefused(const ImportArguments& arguments, const ImportReport& report,
                          Services& services, Console& console) {
  auto output = files::OutputFile::Open(arguments.refused, console.out);
  if (!output.ok()) return output.status();
  const auto write = [&](std::string_view bytes) { return output->Write(bytes); };
  absl::Status status = TellsProgress(arguments.kind)
                            ? services.ExportRefusedRows(arguments.kind, report.import_id(), write)
                            : write(ProblemsCsv(report));
  return status.ok() ? output->Commit() : status;
}

// Tells where the refused rows are, or how to get them.
void TellOfRefused(const ImportArguments& arguments, const ImportReport& report, Services& services,
                   Console& console) {
  if (report.rows_refused() == 0) return;
  if (arguments.refused.empty()) {
    console.out
        << "  '--refused FILE' writes what was refused to a file, to correct and send again.\n";
  } else if (const absl::Status status = WriteRefused(arguments, report, services, console);
             !status.ok()) {
    Complain(console, "the refused rows", status);
  } else if (arguments.refused != "-") {
    console.out << "  What was refused is in " << arguments.refused << ".\n";
  }
}

ExitCode ImportOne(const ImportArguments& arguments, const std::string& path, Services& services,
                   education::IdSource& ids, Console& console) {
  auto file = InputFile::Open(path);
  if (!file.ok()) {
    Complain(console, "", file.status());
    return kNothingDone;
  }
  const std::string id =
      arguments.import_id.empty() ? education::UuidToString(ids.NewUuid()) : arguments.import_id;
  FileImport import(arguments, services, id, *std::move(file));
  const auto report = import.Send(console);
  if (report.ok()) {
    console.out << Summarise(*report, arguments.kind);
    TellOfRefused(arguments, *report, services, console);
    return ExitCodeOf(*report);
  }
  Complain(console, path, report.status());
  if (import.begun() && MayHaveBeenTaken(report.status())) {
    console.err << "Whether the file was taken is not known. The same command with '--import-id "
                << id << "' finds out, and never applies it twice.\n";
  }
  return kNothingDone;
}

}  // namespace

ExitCode RunImport(const ImportArguments& arguments, Services& services, education::IdSource& ids,
                   Console& console) {
  std::size_t good = 0;
  std::size_t nothing = 0;
  for (const std::string& path : arguments.files) {
    const ExitCode code = ImportOne(arguments, path, services, ids, console);
    good += code == kAllGood;
    nothing += code == kNothingDone;
  }
  if (good == arguments.files.size()) return kAllGood;
  return nothing == arguments.files.size() ? kNothingDone : kPartRefused;
}

}  // namespace pathways::cli
