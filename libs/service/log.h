// One JSON object a line on standard output: time, level, service, message, trace_id and typed
// fields.
//
// No personal data can get in by accident: messages and keys are literals, and a text value is
// written only when it looks like a code or an id (letters, digits and ._:/- up to 80 characters);
// anything else is written as "(withheld)".
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"

namespace pathways::service {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

// A string known when the program is compiled.
class Literal {
 public:
  template <std::size_t N>
  consteval Literal(const char (&text)[N]) : text_(text, N - 1) {}  // NOLINT: implicit on purpose
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

struct LogField {
  LogField(Literal key, bool value) : key(key), value(value) {}
  template <std::integral T>
  LogField(Literal key, T value) : key(key), value(static_cast<std::int64_t>(value)) {}
  LogField(Literal key, double value) : key(key), value(value) {}
  // Milliseconds, three decimals.
  LogField(Literal key, std::chrono::nanoseconds value)
      : key(key), value(std::chrono::duration<double, std::milli>(value).count()) {}
  // A code or an id; see above.
  LogField(Literal key, std::string_view value) : key(key), value(std::string(value)) {}
  LogField(Literal key, const char* value) : LogField(key, std::string_view(value)) {}
  // The status's code; for faults of ours also its message, without anything quoted (databases
  // quote values).
  LogField(Literal key, const absl::Status& status);
  // A reason in words from a library we use, the same way without what is quoted.
  static LogField Text(Literal key, std::string_view text);

  struct Redacted {
    std::string text;
  };
  Literal key;
  std::variant<bool, std::int64_t, double, std::string, Redacted> value;
};

// Thread-safe; a line is never torn. Before StartLogging the service is called "pathways".
void Log(LogLevel level, Literal message, std::initializer_list<LogField> fields = {});
inline void LogInfo(Literal message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kInfo, message, fields);
}
inline void LogWarning(Literal message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kWarning, message, fields);
}
inline void LogError(Literal message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kError, message, fields);
}

// Whether a line of this level would be written.
bool Logs(LogLevel level);

// Names the service in every line and drops what is below `least`. Call it before other threads
// log.
void StartLogging(std::string_view service, LogLevel least);

// For tests: the line that would be written, without its time.
std::string FormatLogLine(LogLevel level, Literal message, std::initializer_list<LogField> fields);

}  // namespace pathways::service
