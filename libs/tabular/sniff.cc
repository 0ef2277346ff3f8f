#include "libs/tabular/sniff.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_format.h"

namespace pathways::tabular {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kSaveAsCsv =
    "Open it in your spreadsheet and save it as “CSV UTF-8 (comma delimited)”, then send that "
    "file.";
constexpr std::string_view kExportCsv = "Export the table as CSV and send that file.";

// In the order of preference when a header line has as many of one as of another.
constexpr std::string_view kDelimiters = ",\t;";

struct Signature {
  std::string_view bytes;
  std::string_view kind;
  std::string_view advice;
};

// Source: each format's own specification.
constexpr std::array kSignatures = {
    Signature{"PK\x03\x04"sv, "an Excel workbook or another ZIP archive", kSaveAsCsv},
    Signature{"\xD0\xCF\x11\xE0"sv, "an old Excel workbook", kSaveAsCsv},
    Signature{"%PDF-"sv, "a PDF document", kExportCsv},
    Signature{"\xFF\xFE"sv, "text in UTF-16 (“Unicode text”)", kSaveAsCsv},
    Signature{"\xFE\xFF"sv, "text in UTF-16 (“Unicode text”)", kSaveAsCsv},
    Signature{"\x1F\x8B"sv, "a compressed file (gzip)", "Unpack it and send the CSV file inside."},
    Signature{"\x89PNG"sv, "a picture", kExportCsv},
    Signature{"\xFF\xD8\xFF"sv, "a picture", kExportCsv},
    Signature{"{\\rtf"sv, "a word processor’s document", kExportCsv},
    Signature{"SQLite format 3"sv, "a database", kExportCsv},
    Signature{"PAR1"sv, "a Parquet file", kExportCsv},
};

absl::Status NotCsv(std::string_view kind, std::string_view advice) {
  return absl::InvalidArgumentError(
      absl::StrFormat("This is %s, not a CSV file. %s", kind, advice));
}

// UTF-16 without a mark at its start has a zero in nearly every second byte.
bool IsMostlyNul(std::string_view head) {
  return !head.empty() &&
         static_cast<size_t>(std::count(head.begin(), head.end(), '\0')) * 4 >= head.size();
}

}  // namespace

absl::Status CheckIsText(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.starts_with(signature.bytes)) return NotCsv(signature.kind, signature.advice);
  }
  if (IsMostlyNul(head)) return NotCsv("binary data or text in UTF-16", kSaveAsCsv);
  // Some systems call a web page or XML “.xls” or “.csv”.
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const size_t start = head.find_first_not_of(" \t\r\n");
  const char first = start == std::string_view::npos ? '\0' : head[start];
  if (first == '<') return NotCsv("a web page or XML", kSaveAsCsv);
  if (first == '{') return NotCsv("JSON", kExportCsv);
  return absl::OkStatus();
}

char GuessDelimiter(std::string_view line) {
  std::array<size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const size_t candidate = quoted ? std::string_view::npos : kDelimiters.find(c);
    if (candidate != std::string_view::npos) ++counts[candidate];
  }
  return kDelimiters[static_cast<size_t>(std::max_element(counts.begin(), counts.end()) -
                                         counts.begin())];
}

std::optional<char> NamedDelimiter(std::string_view line) {
  const bool names_one = line.size() == 5 && (line.starts_with("sep=") || line.starts_with("SEP="));
  if (!names_one || kDelimiters.find(line.back()) == std::string_view::npos) return std::nullopt;
  return line.back();
}

}  // namespace pathways::tabular
