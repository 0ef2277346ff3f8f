#include "libs/tabular/csv_parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "libs/tabular/record_problems.h"
#include "libs/tabular/sniff.h"

namespace pathways::tabular {
namespace {

// Large chunks are read in windows that stay in the processor's cache between the searches over
// them.
constexpr size_t kWindowBytes = 128 * 1024;

// How much of a record too long to hold is shown and handed on.
constexpr size_t kTooLongShown = 1'000;

bool AllBlank(std::span<const std::string_view> fields) {
  return std::all_of(fields.begin(), fields.end(), [](std::string_view field) {
    return field.find_first_not_of(" \t\r\n") == std::string_view::npos;
  });
}

bool AllEmpty(std::span<const std::string_view> fields) {
  return std::all_of(fields.begin(), fields.end(), [](std::string_view f) { return f.empty(); });
}

}  // namespace

CsvReader::Parser::Parser(CsvLimits limits, CsvCallbacks callbacks)
    : limits_(limits), callbacks_(std::move(callbacks)) {}

absl::Status CsvReader::Parser::Feed(std::string_view chunk) {
  while (status_.ok() && !chunk.empty()) {
    const std::string_view window = chunk.substr(0, kWindowBytes);
    chunk.remove_prefix(window.size());
    status_ = FeedWindow(window);
  }
  return status_;
}

absl::Status CsvReader::Parser::Finish() {
  if (status_.ok() && !started_) status_ = Start();
  if (status_.ok()) status_ = Drain();
  if (status_.ok() && names_.empty()) {
    status_ = absl::InvalidArgumentError(
        "The file is empty. Send a CSV file whose first row names the columns.");
  }
  return status_;
}

absl::Status CsvReader::Parser::FeedWindow(std::string_view window) {
  if (started_) return Process(window);
  carry_.append(window);
  return carry_.size() < kSniffBytes ? absl::OkStatus() : Start();
}

// Looks at the first bytes, then reads them.
absl::Status CsvReader::Parser::Start() {
  started_ = true;
  const std::string head = std::exchange(carry_, {});
  std::string_view data = head;
  if (absl::Status text = CheckIsText(data.substr(0, kSniffBytes)); !text.ok()) return text;
  if (data.starts_with(kByteOrderMark)) data.remove_prefix(kByteOrderMark.size());
  return Process(data);
}

absl::Status CsvReader::Parser::Process(std::string_view data) {
  LineScanner scanner(data);
  while (const std::optional<Line> line = scanner.Next()) {
    if (absl::Status taken = Take(*line); !taken.ok()) return taken;
  }
  return Hold(scanner.rest());
}

// Keeps the beginning of a line whose end has not come yet, if it may still become a record.
absl::Status CsvReader::Parser::Hold(std::string_view rest) {
  if (rest.empty()) return absl::OkStatus();
  if (absl::Status taken = TakePendingLines(rest.front()); !taken.ok()) return taken;
  if (skipping_) {
    carry_ = rest.ends_with('\r') ? "\r" : "";
    return absl::OkStatus();
  }
  carry_.append(rest);
  if (carry_.size() <= limits_.max_record_bytes) return absl::OkStatus();
  if (fed_ > 0) return RefuseQuotes(/*broken=*/false);
  skipping_ = true;
  const std::string start = std::exchange(carry_, carry_.ends_with('\r') ? "\r" : "");
  return RefuseLength(start);
}

// The file has ended: what is held has to be records now.
absl::Status CsvReader::Parser::Drain() {
  while (!carry_.empty()) {
    const bool open = carry_.size() == fed_;
    if (!open) carry_.push_back('\n');
    if (absl::Status taken = open ? RefuseQuotes(/*broken=*/false) : TakeCarry(); !taken.ok()) {
      return taken;
    }
  }
  return absl::OkStatus();
}

absl::Status CsvReader::Parser::Take(const Line& line) {
  if (absl::Status taken = TakePendingLines(line.text.front()); !taken.ok()) return taken;
  if (carry_.empty() && !skipping_) return TakeWhole(line);
  carry_.append(line.text);
  return TakeCarry();
}

// A CR held back was a line end of its own unless `next` is its LF. Refusing the line may leave
// another such line held.
absl::Status CsvReader::Parser::TakePendingLines(char next) {
  while (next != '\n' && HasPendingCarriageReturn()) {
    if (absl::Status taken = TakeCarry(); !taken.ok()) return taken;
  }
  return absl::OkStatus();
}

// A line that begins a record, whole.
absl::Status CsvReader::Parser::TakeWhole(const Line& line) {
  const std::string_view raw = StripLineEnd(line.text);
  if (line.text.size() > limits_.max_record_bytes) return RefuseLength(raw);
  if (!dialect_known_ && FindDialect(raw)) return absl::OkStatus();
  if (line.has_quote) {
    carry_.assign(line.text);
    return TakeQuoted();
  }
  if (line.has_nul || line.has_non_ascii) {
    if (std::optional<Problem> problem = FindByteProblem(raw, delimiter_, names_))
      return Refuse(*problem, raw);
  }
  SplitPlain(raw, delimiter_, &fields_);
  return TakeFields(fields_, raw);
}

// What is held now ends with a line end.
absl::Status CsvReader::Parser::TakeCarry() {
  if (std::exchange(skipping_, false)) {
    carry_.clear();
    return absl::OkStatus();
  }
  if (fed_ > 0) return TakeQuoted();
  const std::string text = std::exchange(carry_, {});
  return TakeWhole(InspectLine(text));
}

// The last line held is of a record with quotes.
absl::Status CsvReader::Parser::TakeQuoted() {
  if (carry_.size() > limits_.max_record_bytes) return RefuseQuotes(/*broken=*/false);
  const QuotedRecord::State state = quoted_.Feed(std::string_view(carry_).substr(fed_));
  if (state == QuotedRecord::State::kBroken) return RefuseQuotes(/*broken=*/true);
  if (state == QuotedRecord::State::kOpen) {
    if (fed_ == 0) open_column_ = quoted_.fields_seen();
    fed_ = carry_.size();
    return absl::OkStatus();
  }
  const std::string_view raw = StripLineEnd(carry_);
  std::optional<Problem> problem = FindByteProblem(raw, delimiter_, names_);
  absl::Status taken = problem ? Refuse(*problem, raw) : TakeFields(quoted_.fields(), raw);
  quoted_.Reset();
  carry_.clear();
  fed_ = 0;
  return taken;
}

absl::Status CsvReader::Parser::TakeFields(std::span<const std::string_view> fields,
                                           std::string_view raw) {
  if (fields.front().empty() && AllBlank(fields)) {
    ++row_;
    return absl::OkStatus();
  }
  if (names_.empty()) return TakeHeader(fields, raw);
  const size_t columns = names_.size();
  const bool only_padded = fields.size() > columns && AllEmpty(fields.subspan(columns));
  if (fields.size() != columns && !only_padded) {
    return Refuse(CellCountProblem(raw, fields.size(), columns), raw);
  }
  ++row_;
  return callbacks_.on_record({.fields = fields.first(columns), .row_number = row_, .raw = raw});
}

absl::Status CsvReader::Parser::TakeHeader(std::span<const std::string_view> fields,
                                           std::string_view raw) {
  while (fields.back().empty()) fields = fields.first(fields.size() - 1);
  if (fields.size() > limits_.max_fields) {
    return absl::InvalidArgumentError(
        absl::StrFormat("The first row has %d columns; at most %d can be read. Check that it is a "
                        "table with its column names on top.",
                        fields.size(), limits_.max_fields));
  }
  names_.assign(fields.begin(), fields.end());
  ++row_;
  return callbacks_.on_header({.fields = fields, .row_number = row_, .raw = raw});
}

// The quotes of the record held make no sense. Only its first line is refused: the others may well
// be good records that an unclosed quote swallowed. They cannot nest deeper than one more level,
// because a line with an odd number of quotes closes what another opened.
absl::Status CsvReader::Parser::RefuseQuotes(bool broken) {
  const std::string record = std::exchange(carry_, {});
  const size_t column = fed_ > 0 ? open_column_ : quoted_.fields_seen();
  fed_ = 0;
  quoted_.Reset();
  const std::optional<Line> first = LineScanner(record).Next();
  const std::string_view line = first ? first->text : std::string_view(record);
  const std::string_view raw = StripLineEnd(line);
  const std::string_view name = column < names_.size() ? names_[column] : std::string_view();
  const bool one_line = line.size() == record.size();
  absl::Status refused =
      Refuse(broken && one_line ? BadQuoteProblem(raw, name) : OpenQuoteProblem(raw, name), raw);
  return refused.ok() ? Process(std::string_view(record).substr(line.size())) : refused;
}

// Shows as much as is held however the file was cut into pieces.
absl::Status CsvReader::Parser::RefuseLength(std::string_view start) {
  start = start.substr(0, std::min(limits_.max_record_bytes, kTooLongShown));
  return Refuse(TooLongProblem(start, limits_.max_record_bytes), start, /*raw_complete=*/false);
}

absl::Status CsvReader::Parser::Refuse(Problem problem, std::string_view raw, bool raw_complete) {
  problem.row = ++row_;
  if (names_.empty()) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "The column names in the first row cannot be read. %s %s", problem.reason, problem.advice));
  }
  return callbacks_.on_bad_record(
      {.problem = std::move(problem), .raw = raw, .raw_complete = raw_complete});
}

// True when `line` was only there to name the delimiter.
bool CsvReader::Parser::FindDialect(std::string_view line) {
  if (AllBlank(std::span(&line, 1))) return false;
  dialect_known_ = true;
  const std::optional<char> named = NamedDelimiter(line);
  delimiter_ = named.value_or(GuessDelimiter(line));
  quoted_.set_delimiter(delimiter_);
  return named.has_value();
}

}  // namespace pathways::tabular
