#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "libs/tabular/csv_reader.h"
#include "libs/tabular/quoted_record.h"
#include "libs/tabular/split.h"

namespace pathways::tabular {

/// What is behind CsvReader. Between two calls it holds `carry_`, the record that has begun and not
/// ended. Of that, the first `fed_` bytes (whole lines) are already in `quoted_`; `fed_` is 0
/// unless a quote is open.
class CsvReader::Parser {
 public:
  Parser(CsvLimits limits, CsvCallbacks callbacks);

  absl::Status Feed(std::string_view chunk);
  absl::Status Finish();
  char delimiter() const { return delimiter_; }

 private:
  absl::Status FeedWindow(std::string_view window);
  absl::Status Start();
  absl::Status Process(std::string_view data);
  absl::Status Hold(std::string_view rest);
  absl::Status Drain();

  absl::Status Take(const Line& line);
  absl::Status TakePendingLines(char next);
  absl::Status TakeWhole(const Line& line);
  absl::Status TakeCarry();
  absl::Status TakeQuoted();
  absl::Status TakeFields(std::span<const std::string_view> fields, std::string_view raw);
  absl::Status TakeHeader(std::span<const std::string_view> fields, std::string_view raw);

  absl::Status RefuseQuotes(bool broken);
  absl::Status RefuseLength(std::string_view start);
  absl::Status Refuse(Problem problem, std::string_view raw, bool raw_complete = true);

  bool FindDialect(std::string_view line);
  bool HasPendingCarriageReturn() const { return carry_.size() > fed_ && carry_.back() == '\r'; }

  const CsvLimits limits_;
  const CsvCallbacks callbacks_;
  absl::Status status_;

  bool started_ = false;        // the first bytes were seen to be text
  bool dialect_known_ = false;  // delimiter_ was found
  bool skipping_ = false;       // inside a line that was refused as too long
  char delimiter_ = ',';
  int64_t row_ = 0;                 // of the last record
  std::vector<std::string> names_;  // of the columns; empty until the header was read

  std::string carry_;
  size_t fed_ = 0;
  size_t open_column_ = 0;  // where the open quote stands
  QuotedRecord quoted_;
  std::vector<std::string_view> fields_;
};

}  // namespace pathways::tabular
