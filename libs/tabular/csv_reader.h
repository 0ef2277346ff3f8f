#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "libs/tabular/problem.h"

namespace pathways::tabular {

/// Bounds on what one file may make the reader hold.
struct CsvLimits {
  /// Longest record in bytes, its line breaks included. A longer one is refused without being held
  /// in memory.
  size_t max_record_bytes = size_t{1} << 20;
  /// Most cells in one record.
  size_t max_fields = 2'000;
};

/// One row of the table. Everything in it is valid only during the call that receives it.
struct Record {
  /// As many as the header has. Spaces around an unquoted cell are removed, quotes are resolved,
  /// nothing else is touched: a backslash is an ordinary character (it is a mark in a register).
  std::span<const std::string_view> fields;
  /// As a spreadsheet numbers rows: the header of an ordinary file is row 1, a blank line is a row,
  /// and a record over several lines is one row.
  int64_t row_number = 0;
  /// The record as it stands in the file, without its line end.
  std::string_view raw;
};

/// A record that could not be read. Valid only during the call.
struct BadRecord {
  Problem problem;
  /// As in Record; cut short when the record was too long to hold.
  std::string_view raw;
  bool raw_complete = true;
};

/// Who receives the table. An error returned by any of them ends the reading and is what Feed or
/// Finish returns.
struct CsvCallbacks {
  /// Called once, before the others. Its fields are the column names; empty names at the end are
  /// left out.
  std::function<absl::Status(const Record&)> on_header;
  std::function<absl::Status(const Record&)> on_record;
  std::function<absl::Status(const BadRecord&)> on_bad_record;
};

/// Reads a CSV table pushed in pieces of any size (a gRPC stream, an upload, a mapped file) with
/// bounded memory.
///
/// Takes UTF-8 with or without byte order mark; lines ending in LF, CRLF or CR; comma, semicolon or
/// tab, found from the header line (or named by Excel's `sep=` line). Quoting is RFC 4180, applied
/// strictly: a quotation mark inside an unquoted cell, or text after a closing one, makes the
/// record bad, and reading goes on at the next line. Rows in which every cell is blank are skipped.
///
/// A record with bytes that are not UTF-8, a NUL byte, bad quotes, too many bytes or the wrong
/// number of cells goes to `on_bad_record`. Problem codes: `not_utf8`, `nul_byte`, `bad_quote`,
/// `open_quote`, `record_too_long`, `cell_count`.
///
/// Not thread-safe; one reader reads one file.
class CsvReader {
 public:
  CsvReader(CsvLimits limits, CsvCallbacks callbacks);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  /// The next bytes of the file. InvalidArgument, with a message for the person who sent it, when
  /// it is not a CSV file at all (a workbook, a PDF, UTF-16, ...) or its header cannot be read.
  /// Errors are final: later calls return the same one.
  absl::Status Feed(std::string_view chunk);

  /// Ends the file: hands on what is still held. InvalidArgument when it had no header (it was
  /// empty). Call once, after the last Feed.
  absl::Status Finish();

  /// The delimiter found; ',' until the header has been read.
  char delimiter() const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace pathways::tabular
