// For tests: everything a reader says about a file.
#pragma once

#include <gmock/gmock.h>

#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/tabular/csv_reader.h"

namespace pathways::tabular {

using Row = std::vector<std::string>;

// Everything a reader said about one file.
struct Reading {
  absl::Status status;
  Row header;
  std::vector<Row> rows;
  std::vector<int64_t> numbers;
  std::vector<std::string> raws;
  std::vector<Problem> bad;
  std::vector<std::string> bad_raws;
  char delimiter = 0;

  bool operator==(const Reading&) const = default;

  friend void PrintTo(const Reading& reading, std::ostream* out) {
    *out << reading.status;
    for (size_t i = 0; i < reading.rows.size(); ++i) {
      *out << "\n" << reading.numbers[i] << ": " << testing::PrintToString(reading.rows[i]);
    }
    for (size_t i = 0; i < reading.bad.size(); ++i) {
      *out << "\n" << Describe(reading.bad[i]) << " [" << Excerpt(reading.bad_raws[i]) << "]";
    }
  }
};

inline Row ToRow(std::span<const std::string_view> fields) {
  return {fields.begin(), fields.end()};
}

inline CsvCallbacks RecordTo(Reading* reading) {
  return {.on_header =
              [reading](const Record& record) {
                reading->header = ToRow(record.fields);
                return absl::OkStatus();
              },
          .on_record =
              [reading](const Record& record) {
                reading->rows.push_back(ToRow(record.fields));
                reading->numbers.push_back(record.row_number);
                reading->raws.emplace_back(record.raw);
                return absl::OkStatus();
              },
          .on_bad_record =
              [reading](const BadRecord& record) {
                reading->bad.push_back(record.problem);
                reading->bad_raws.emplace_back(record.raw);
                return absl::OkStatus();
              }};
}

// Reads `text` in pieces whose sizes `next_size` chooses.
template <typename NextSize>
Reading ReadInPieces(std::string_view text, CsvLimits limits, NextSize next_size) {
  Reading reading;
  CsvReader reader(limits, RecordTo(&reading));
  while (!text.empty()) {
    // A piece of its own memory, so that a view kept too long is caught by the address sanitizer.
    const std::string piece(text.substr(0, next_size()));
    text.remove_prefix(piece.size());
    if (!reader.Feed(piece).ok()) break;
  }
  reading.status = reader.Finish();
  reading.delimiter = reader.delimiter();
  return reading;
}

inline Reading Read(std::string_view text, CsvLimits limits = {}) {
  return ReadInPieces(text, limits, [&] { return text.size(); });
}

// A header and good rows: more than the reader wants to see before it starts, so that the pieces
// that follow reach it as they are.
inline std::string Preamble() {
  std::string text = "a,b,c\n";
  while (text.size() < 600) text += "1,2,3\n";
  return text;
}

}  // namespace pathways::tabular
