// Any bytes, in any pieces: the reader neither crashes nor reads outside what it holds, says the
// same however the bytes were cut, and what it hands out keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "libs/tabular/csv_reader.h"
#include "libs/tabular/utf8.h"

namespace {

using pathways::tabular::BadRecord;
using pathways::tabular::CsvLimits;
using pathways::tabular::CsvReader;
using pathways::tabular::FirstInvalidUtf8;
using pathways::tabular::Record;

void Require(bool promise) {
  if (!promise) std::abort();
}

// Everything said about the file, as one string to compare.
struct Transcript {
  std::string text;
  size_t columns = 0;
  int64_t last_row = 0;

  absl::Status Note(std::string_view kind, const Record& record) {
    Require(record.row_number > last_row);
    last_row = record.row_number;
    text.append(kind).append(std::to_string(record.row_number));
    for (const std::string_view field : record.fields) {
      Require(FirstInvalidUtf8(field) == field.size());
      text.append("|").append(field);
    }
    return absl::OkStatus();
  }

  absl::Status Header(const Record& record) {
    columns = record.fields.size();
    Require(columns > 0);
    return Note("header", record);
  }

  absl::Status Row(const Record& record) {
    Require(record.fields.size() == columns);
    return Note("row", record);
  }

  absl::Status Bad(const BadRecord& record) {
    Require(record.problem.row > last_row);
    last_row = record.problem.row;
    Require(FirstInvalidUtf8(record.problem.value) == record.problem.value.size());
    text.append("bad").append(std::to_string(record.problem.row)).append(record.problem.code);
    return absl::OkStatus();
  }
};

// More good rows than the reader wants to see before it starts, so that the pieces that follow
// reach it as they are.
std::string Preamble() {
  std::string text = "a,b,c\n";
  while (text.size() < 600) text += "1,2,3\n";
  return text;
}

std::string Read(std::string_view file, CsvLimits limits, size_t piece) {
  Transcript transcript;
  CsvReader reader(limits,
                   {.on_header = [&](const Record& r) { return transcript.Header(r); },
                    .on_record = [&](const Record& r) { return transcript.Row(r); },
                    .on_bad_record = [&](const BadRecord& r) { return transcript.Bad(r); }});
  while (!file.empty()) {
    const std::string own(
        file.substr(0, piece));  // of exactly its size, so that ASan sees one byte too far
    file.remove_prefix(own.size());
    if (!reader.Feed(own).ok()) break;
  }
  const absl::Status end = reader.Finish();
  return transcript.text + end.ToString();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const CsvLimits limits{.max_record_bytes = data[0] % 2 == 0 ? size_t{32} : size_t{1} << 20};
  const size_t piece = 1 + data[1] % 16;
  std::string file(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (data[0] % 4 < 2) file.insert(0, Preamble());
  Require(Read(file, limits, piece) == Read(file, limits, file.size() + 1));
  return 0;
}
