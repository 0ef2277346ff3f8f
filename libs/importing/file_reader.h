// From the bytes of a file to the rows of an importer.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "libs/importing/import_store.h"
#include "libs/importing/importer.h"
#include "libs/tabular/csv_reader.h"

namespace pathways::importing {

struct Progress;

// Feeds one importer; collects what is refused. Not thread-safe.
class FileReader {
 public:
  // All must outlive the reader; `progress` is kept up to date.
  FileReader(Importer& importer, Progress& progress);

  // An error is the importer's own (see Importer), not the file's: what is wrong with the file is
  // in refusals().
  absl::Status Feed(std::string_view bytes);
  absl::Status Finish();

  Refusals& refusals() { return refusals_; }
  const HeaderLine& header() const { return header_; }
  std::int64_t rows_read() const { return rows_read_; }

 private:
  absl::Status OnHeader(const tabular::Record& record);
  absl::Status OnRecord(const tabular::Record& record);
  absl::Status OnBadRecord(const tabular::BadRecord& bad);
  void CountRow();
  // Sorts what the CSV reader answers into faults of the file (kept as refusals) and errors.
  absl::Status Sort(const absl::Status& status);

  Importer& importer_;
  Progress& progress_;
  tabular::CsvReader csv_;
  Refusals refusals_;
  HeaderLine header_;
  std::int64_t rows_read_ = 0;
  bool file_refused_ = false;
  absl::Status importer_error_;
};

}  // namespace pathways::importing
