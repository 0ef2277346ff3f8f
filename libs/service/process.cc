#include "libs/service/process.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "libs/service/log.h"

namespace pathways::service {
namespace {

constexpr Variable kWorkers{"WORKERS", "threads for calls, as many as database connections", "8"};
constexpr Variable kLogLevel{"LOG_LEVEL", "debug, info, warning or error", "info"};

constexpr int kExitCannotStart = 1;
constexpr int kExitConfiguration = 2;
constexpr int kExitHung = 3;

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Blocked here, so blocked in every thread made later: one of ours waits for them.
void BlockStopSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

void WaitForStopSignal() {
  const sigset_t signals = StopSignals();
  int signal = 0;
  sigwait(&signals, &signal);
  LogInfo("stopping", {{"signal", signal}});
}

// From now on the process ends, one way or another: gRPC's shutdown, a driver, a handler may hang.
void StartHardExit() {
  std::thread([] {
    const sigset_t signals = StopSignals();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(kHardExit);
    const timespec limit{seconds.count(), std::chrono::nanoseconds(kHardExit - seconds).count()};
    // Somebody who asks a second time does not want to wait either.
    sigtimedwait(&signals, nullptr, &limit);
    LogError("gave up waiting for what still runs");
    _exit(kExitHung);
  }).detach();
}

void LogFromGrpc(gpr_log_func_args* line) {
  if (line->severity == GPR_LOG_SEVERITY_ERROR) {
    LogWarning("grpc", {LogField::Text("what", line->message)});
  }
}

void LogFromProtobuf(google::protobuf::LogLevel level, const char*, int, const std::string& what) {
  if (level >= google::protobuf::LOGLEVEL_ERROR) {
    LogWarning("protobuf", {LogField::Text("what", what)});
  }
}

// What libraries have to say goes the same way as ours.
void AdoptLibraryLogs() {
  gpr_set_log_function(LogFromGrpc);
  google::protobuf::SetLogHandler(LogFromProtobuf);
}

LogLevel LevelOf(const std::string& name) {
  if (name == "debug") return LogLevel::kDebug;
  if (name == "warning") return LogLevel::kWarning;
  return name == "error" ? LogLevel::kError : LogLevel::kInfo;
}

[[noreturn]] void Refuse(const std::string& name, const absl::Status& status, int exit_code) {
  std::cerr << "pathways-" << name << ": " << status.message() << std::endl;
  // Without destructors: other threads may be using what they would take away.
  _exit(exit_code);
}

}  // namespace

ProcessConfig ProcessConfig::Read(std::string_view name, ConfigReader& env) {
  ProcessConfig config;
  config.name = name;
  config.development =
      env.OneOf(variables::kEnv, {"development", "production"}, "production") == "development";
  config.server.listen = env.Address(variables::kListen);
  config.server.workers = static_cast<int>(env.IntegerOr(kWorkers, 1, 256, 8));
  config.server.reflection = config.development;
  config.metrics_listen = env.Address(variables::kMetricsListen);
  config.log_level = env.OneOf(kLogLevel, {"debug", "info", "warning", "error"}, "info");
  return config;
}

struct Process::Impl {
  struct Stopper {
    std::string name;
    std::function<void()> stop;
  };

  ProcessConfig config;
  Metrics metrics;
  std::vector<Stopper> stoppers;

  void StopAll() {
    for (; !stoppers.empty(); stoppers.pop_back()) {
      stoppers.back().stop();
      LogInfo("stopped", {{"part", stoppers.back().name}});
    }
  }
};

Process::Process(ProcessConfig config, const absl::Status& config_status)
    : impl_(std::make_unique<Impl>()) {
  BlockStopSignals();
  if (!config_status.ok()) Refuse(config.name, config_status, kExitConfiguration);
  StartLogging(config.name, LevelOf(config.log_level));
  AdoptLibraryLogs();
  impl_->config = std::move(config);
  auto port = impl_->metrics.Expose(impl_->config.metrics_listen);
  if (!port.ok()) Refuse(impl_->config.name, port.status(), kExitConfiguration);
  LogInfo("starting", {{"metrics_port", *port}, {"development", impl_->config.development}});
}

Process::~Process() = default;

Metrics& Process::metrics() { return impl_->metrics; }
const ProcessConfig& Process::config() const { return impl_->config; }

void Process::Fail(std::string_view what, const absl::Status& status) {
  LogError("cannot start", {{"part", what}, {"status", status}});
  Refuse(impl_->config.name,
         absl::Status(status.code(), std::string(what) + ": " + std::string(status.message())),
         kExitCannotStart);
}

void Process::OnStop(std::string name, std::function<void()> stop) {
  impl_->stoppers.push_back({std::move(name), std::move(stop)});
}

int Process::Run(std::vector<Endpoint> endpoints, access::TokenVerifier& verifier) {
  auto server = Server::Start(impl_->config.server, std::move(endpoints), verifier, impl_->metrics);
  if (!server.ok()) Fail("gRPC server", server.status());
  LogInfo("serving", {{"port", (*server)->port()}});
  WaitForStopSignal();
  StartHardExit();
  (*server)->Drain(kDrainGrace);
  LogInfo("drained");
  server->reset();
  impl_->StopAll();
  LogInfo("ended");
  return 0;
}

int Process::RunWithoutServer() {
  WaitForStopSignal();
  StartHardExit();
  impl_->StopAll();
  LogInfo("ended");
  return 0;
}

struct Periodic::Impl {
  absl::Mutex mutex;
  bool stopping ABSL_GUARDED_BY(mutex) = false;
  std::thread thread;

  // False: it is time to stop.
  bool Sleep(std::chrono::milliseconds interval) ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    return !mutex.AwaitWithTimeout(absl::Condition(&stopping), absl::FromChrono(interval));
  }
};

Periodic::Periodic(std::string name, std::chrono::milliseconds interval,
                   std::function<absl::Status()> work, Metrics& metrics)
    : impl_(std::make_unique<Impl>()) {
  Counter failures = metrics.GetCounter("periodic_failures_total",
                                        "Rounds of background work that failed", {{"work", name}});
  impl_->thread = std::thread([impl = impl_.get(), name = std::move(name), interval,
                               work = std::move(work), failures]() mutable {
    do {
      if (absl::Status status = work(); !status.ok()) {
        failures.Add();
        LogWarning("background work failed", {{"work", name}, {"status", status}});
      }
    } while (impl->Sleep(interval));
  });
}

Periodic::~Periodic() {
  {
    absl::MutexLock lock(&impl_->mutex);
    impl_->stopping = true;
  }
  impl_->thread.join();
}

}  // namespace pathways::service
