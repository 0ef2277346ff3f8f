// Counts and times one call to another service, each try by itself. Internal to this library.
#pragma once

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "libs/service/metrics.h"

namespace pathways::service {

class ClientMeter {
 public:
  // Without metrics it does nothing. `type` as CallLabels() has it.
  ClientMeter(Metrics* metrics, const char* type, const std::string& service,
              const std::string& method);
  // Once; answers the status it was given.
  absl::Status Finish(absl::Status status);

 private:
  Metrics* const metrics_;
  Labels labels_;
  const std::chrono::steady_clock::time_point start_;
};

}  // namespace pathways::service
