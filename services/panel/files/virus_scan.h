// Asks a virus scanner about a file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/service/config.h"
#include "libs/storage/deadline.h"

namespace pathways::panel {

inline constexpr service::Variable kClamdAddress{
    "PANEL_CLAMD_ADDRESS", "where a virus scanner (clamd) looks at files; none without",
    "127.0.0.1:3310"};

// Implementations may be asked from several threads at once.
class VirusScanner {
 public:
  virtual ~VirusScanner() = default;
  // What it found, by the scanner's name for it; nothing: clean. UNAVAILABLE when it does not
  // answer, or not about the file: then nobody knows.
  virtual absl::StatusOr<std::optional<std::string>> Scan(std::string_view content,
                                                          storage::Deadline deadline) = 0;
};

// clamd, by INSTREAM over TCP: https://docs.clamav.net/manual/Usage/Scanning.html#clamd. One
// connection a file.
class ClamdScanner : public VirusScanner {
 public:
  // "host:port".
  explicit ClamdScanner(std::string address) : address_(std::move(address)) {}
  absl::StatusOr<std::optional<std::string>> Scan(std::string_view content,
                                                  storage::Deadline deadline) override;

 private:
  std::string address_;
};

// clamd's answer ("stream: OK", "stream: NAME FOUND"), as Scan answers.
absl::StatusOr<std::optional<std::string>> ReadClamdAnswer(std::string_view answer);

}  // namespace pathways::panel
