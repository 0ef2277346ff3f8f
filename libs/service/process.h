// A service as a running process: what every main.cpp does the same way.
//
//   int main() {
//     service::ConfigReader env;
//     const service::ProcessConfig base = service::ProcessConfig::Read("registry", env);
//     const RegistryConfig config = RegistryConfig::Read(env);
//     service::Process process(base, env.Finish());   // says what is wrong with the environment
//     and exits 2
//     ... pools, migrations, endpoints ...
//     process.OnStop("relay", [&] { relay.Stop(); });
//     return process.Run(std::move(endpoints), verifier);
//   }
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/token.h"
#include "libs/service/config.h"
#include "libs/service/endpoint.h"
#include "libs/service/metrics.h"
#include "libs/service/server.h"

namespace pathways::service {

struct ProcessConfig {
  std::string name;  // "registry"
  bool development = false;
  ServerConfig server;             // LISTEN, WORKERS
  std::string metrics_listen;      // METRICS_LISTEN
  std::string log_level = "info";  // LOG_LEVEL

  static ProcessConfig Read(std::string_view name, ConfigReader& env);
};

// How long SIGTERM may take: what runs is given kDrainGrace to finish, and kHardExit after the
// signal the process ends whatever happens (gRPC's shutdown is known to hang).
inline constexpr std::chrono::seconds kDrainGrace{7};
inline constexpr std::chrono::milliseconds kHardExit{9'500};

// Make it first thing in main, on the main thread, before any other thread: it blocks SIGTERM and
// SIGINT for all.
class Process {
 public:
  // Starts logging and metrics. When `config_status` is an error, or metrics cannot be exposed,
  // says why on standard error and ends the process with exit code 2.
  Process(ProcessConfig config, const absl::Status& config_status);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  Metrics& metrics();
  const ProcessConfig& config() const;

  // The value, or: logs the error, says it on standard error and ends the process with exit code 1.
  // For starting up only.
  template <typename T>
  T Need(std::string_view what, absl::StatusOr<T> value) {
    if (!value.ok()) Fail(what, value.status());
    return *std::move(value);
  }
  void Need(std::string_view what, const absl::Status& status) {
    if (!status.ok()) Fail(what, status);
  }

  // Called once, after the server has drained, the last one first: stop background work here.
  void OnStop(std::string name, std::function<void()> stop);

  // Serves until SIGTERM or SIGINT, drains, stops. Answers main's exit code: 0 after a signal, 1
  // when it could not start.
  int Run(std::vector<Endpoint> endpoints, access::TokenVerifier& verifier);
  // For a process without gRPC.
  int RunWithoutServer();

 private:
  struct Impl;
  [[noreturn]] void Fail(std::string_view what, const absl::Status& status);
  std::unique_ptr<Impl> impl_;
};

// Repeats `work` every `interval` on a thread of its own until destroyed; an error is logged and
// counted, and the next attempt comes after the interval as usual. For sealing the access log and
// the like.
class Periodic {
 public:
  Periodic(std::string name, std::chrono::milliseconds interval, std::function<absl::Status()> work,
           Metrics& metrics);
  ~Periodic();
  Periodic(const Periodic&) = delete;
  Periodic& operator=(const Periodic&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::service
