#include "libs/service/log.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "libs/education/clock.h"
#include "libs/service/trace.h"
#include "nlohmann/json.hpp"

namespace pathways::service {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestCode = 80;
constexpr std::size_t kLongestReason = 300;
constexpr std::string_view kWithheld = "(withheld)";

struct Logging {
  std::string service = "pathways";  // set once, before other threads log
  std::atomic<LogLevel> least = LogLevel::kInfo;
  absl::Mutex output;
};

Logging& Global() {
  static auto& logging = *new Logging;
  return logging;
}

std::string_view LevelName(LogLevel level) {
  static constexpr std::array<std::string_view, 4> kNames = {"debug", "info", "warning", "error"};
  return kNames[static_cast<std::size_t>(level)];
}

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool LooksLikeCode(std::string_view text) {
  static constexpr std::string_view kAlso = "._:/-";
  return text.size() <= kLongestCode && std::all_of(text.begin(), text.end(), [](char c) {
           return IsAlphanumeric(c) || kAlso.find(c) != kAlso.npos;
         });
}

// Names of constraints, tables and settings are snake_case with at least one underscore; children's
// names are not.
bool LooksLikeIdentifier(std::string_view text) {
  return text.find('_') != text.npos && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// The first line, without what stands in quotes: databases and parsers quote values.
std::string WithoutQuoted(std::string_view text) {
  text = text.substr(0, std::min(text.find('\n'), kLongestReason));
  std::string kept;
  while (!text.empty()) {
    const auto open = text.find_first_of("\"'`");
    kept += text.substr(0, open);
    if (open == text.npos) break;
    const auto close = text.find(text[open], open + 1);
    const auto quoted = text.substr(open + 1, close == text.npos ? close : close - open - 1);
    kept += LooksLikeIdentifier(quoted) ? quoted : kWithheld;
    if (close == text.npos) break;
    text.remove_prefix(close + 1);
  }
  return kept;
}

// What went wrong on our side is told; what a caller did wrong may repeat what they typed.
bool IsOurFault(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kUnimplemented:
      return true;
    default:
      return false;
  }
}

struct ToJson {
  ordered_json operator()(bool value) const { return value; }
  ordered_json operator()(std::int64_t value) const { return value; }
  ordered_json operator()(double value) const { return value; }
  ordered_json operator()(const std::string& value) const {
    return LooksLikeCode(value) ? value : std::string(kWithheld);
  }
  ordered_json operator()(const LogField::Redacted& value) const { return value.text; }
};

void AddFields(ordered_json& line, Literal message, std::initializer_list<LogField> fields) {
  line["message"] = message.text();
  if (const TraceContext* trace = CurrentTrace(); trace != nullptr) {
    line["trace_id"] = trace->trace_id;
    line["span_id"] = trace->span_id;
  }
  for (const LogField& field : fields) {
    line[std::string(field.key.text())] = std::visit(ToJson(), field.value);
  }
}

std::string Dump(const ordered_json& line) {
  return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

void WriteLine(const std::string& line) {
  absl::MutexLock lock(&Global().output);
  std::string_view left = line;
  while (!left.empty()) {
    const ssize_t written = write(STDOUT_FILENO, left.data(), left.size());
    if (written <= 0) return;  // nobody reads our log: that must not stop the service
    left.remove_prefix(static_cast<std::size_t>(written));
  }
}

education::Instant Now() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace

LogField::LogField(Literal the_key, const absl::Status& status) : key(the_key) {
  std::string text = absl::StatusCodeToString(status.code());
  if (IsOurFault(status)) text += ": " + WithoutQuoted(std::string(status.message()));
  value = Redacted{std::move(text)};
}

LogField LogField::Text(Literal key, std::string_view text) {
  LogField field(key, false);
  field.value = Redacted{WithoutQuoted(text)};
  return field;
}

std::string FormatLogLine(LogLevel level, Literal message, std::initializer_list<LogField> fields) {
  ordered_json line = {{"level", LevelName(level)}, {"service", Global().service}};
  AddFields(line, message, fields);
  return Dump(line);
}

void Log(LogLevel level, Literal message, std::initializer_list<LogField> fields) {
  if (level < Global().least.load(std::memory_order_relaxed)) return;
  ordered_json line = {{"time", education::InstantToString(Now())},
                       {"level", LevelName(level)},
                       {"service", Global().service}};
  AddFields(line, message, fields);
  WriteLine(Dump(line));
}

bool Logs(LogLevel level) { return level >= Global().least.load(std::memory_order_relaxed); }

void StartLogging(std::string_view service, LogLevel least) {
  Global().service = service;
  Global().least = least;
}

}  // namespace pathways::service
