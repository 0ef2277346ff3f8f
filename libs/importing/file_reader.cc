#include "libs/importing/file_reader.h"

#include <string>
#include <vector>

#include "libs/importing/import_runs.h"
#include "libs/tabular/header.h"

namespace pathways::importing {

FileReader::FileReader(Importer& importer, Progress& progress)
    : importer_(importer),
      progress_(progress),
      csv_(tabular::CsvLimits(),
           {.on_header = [this](const tabular::Record& record) { return OnHeader(record); },
            .on_record = [this](const tabular::Record& record) { return OnRecord(record); },
            .on_bad_record = [this](const tabular::BadRecord& bad) { return OnBadRecord(bad); }}) {}

absl::Status FileReader::Feed(std::string_view bytes) {
  if (file_refused_) return absl::OkStatus();
  return Sort(csv_.Feed(bytes));
}

absl::Status FileReader::Finish() {
  if (file_refused_) return absl::OkStatus();
  if (absl::Status status = Sort(csv_.Finish()); !status.ok() || file_refused_) return status;
  return importer_.OnEnd(refusals_);
}

absl::Status FileReader::OnHeader(const tabular::Record& record) {
  header_ = {std::string(record.raw), csv_.delimiter()};
  const std::vector<tabular::WantedColumn> columns = importer_.columns();
  const tabular::HeaderMap map = tabular::HeaderMap::Resolve(columns, record.fields);
  for (tabular::Problem problem : map.problems()) {
    problem.row = 0;
    refusals_.Add(problem, {});
  }
  if (!map.ok()) return absl::InvalidArgumentError("");
  return importer_.OnHeader(map);
}

absl::Status FileReader::OnRecord(const tabular::Record& record) {
  CountRow();
  importer_error_ = importer_.OnRow(record, refusals_);
  progress_.rows_refused.store(refusals_.rows(), std::memory_order_relaxed);
  return importer_error_;
}

absl::Status FileReader::OnBadRecord(const tabular::BadRecord& bad) {
  CountRow();
  refusals_.Add(bad.problem, bad.raw_complete ? bad.raw : std::string_view());
  progress_.rows_refused.store(refusals_.rows(), std::memory_order_relaxed);
  return absl::OkStatus();
}

void FileReader::CountRow() {
  ++rows_read_;
  progress_.rows_read.store(rows_read_, std::memory_order_relaxed);
}

absl::Status FileReader::Sort(const absl::Status& status) {
  if (!importer_error_.ok()) return importer_error_;
  if (status.ok()) return status;
  if (!absl::IsInvalidArgument(status)) return status;
  file_refused_ = true;
  if (refusals_.whole_file()) return absl::OkStatus();
  refusals_.Add({.row = 0,
                 .column = "",
                 .value = "",
                 .reason = std::string(status.message()),
                 .advice = "Save the table as CSV (comma separated, UTF-8) and send that file.",
                 .code = "file_unreadable"},
                {});
  return absl::OkStatus();
}

}  // namespace pathways::importing
