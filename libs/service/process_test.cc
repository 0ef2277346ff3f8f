// Each test runs a process of its own (a death test), because signals and exits are the process's.
#include "libs/service/process.h"

#include <gtest/gtest.h>

#include <csignal>
#include <iostream>
#include <thread>

#include "libs/access/test_tokens.h"
#include "libs/service/echo_endpoint.h"

namespace pathways::service {
namespace {

ProcessConfig Config() {
  ProcessConfig config;
  config.name = "test";
  config.metrics_listen = "127.0.0.1:0";
  return config;
}

class ProcessTest : public ::testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

// Signals are sent to the process before it waits: they stay pending, as they are blocked.
int RunAndStop(Process& process) {
  access::TestTokens tokens;
  kill(getpid(), SIGTERM);
  return process.Run({MakeEchoEndpoint()}, tokens.verifier());
}

TEST_F(ProcessTest, EndsOrderlyAfterSigterm) {
  EXPECT_EXIT(
      {
        Process process(Config(), absl::OkStatus());
        process.OnStop("first", [] { std::cerr << "first "; });
        process.OnStop("second", [] { std::cerr << "second "; });
        std::exit(RunAndStop(process));
      },
      ::testing::ExitedWithCode(0), "second first");
}

TEST_F(ProcessTest, SecondSignalEndsAProcessThatHangs) {
  EXPECT_EXIT(
      {
        Process process(Config(), absl::OkStatus());
        process.OnStop("stuck", [] {
          kill(getpid(), SIGTERM);
          for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
        });
        std::exit(RunAndStop(process));
      },
      ::testing::ExitedWithCode(3), "");
}

TEST_F(ProcessTest, BadConfigurationIsToldAndEndsIt) {
  EXPECT_EXIT(
      {
        ConfigReader env([](const std::string&) { return std::nullopt; });
        const ProcessConfig config = ProcessConfig::Read("test", env);
        Process process(config, env.Finish());
      },
      ::testing::ExitedWithCode(2), "PATHWAYS_LISTEN is missing");
}

TEST_F(ProcessTest, WhatItNeedsAndCannotHaveIsToldAndEndsIt) {
  EXPECT_EXIT(
      {
        Process process(Config(), absl::OkStatus());
        process.Need("database", absl::StatusOr<int>(absl::UnavailableError("nobody answers")));
      },
      ::testing::ExitedWithCode(1), "database: nobody answers");
}

TEST(Periodic, RepeatsCountsFailuresAndStops) {
  Metrics metrics;
  std::atomic<int> rounds = 0;
  {
    Periodic periodic(
        "test", std::chrono::milliseconds(1),
        [&] {
          ++rounds;
          return absl::UnavailableError("not now");
        },
        metrics);
    while (rounds < 3) std::this_thread::yield();
  }
  const int last = rounds;
  EXPECT_NE(metrics.Text().find("periodic_failures_total{work=\"test\"} " + std::to_string(last)),
            std::string::npos);
}

}  // namespace
}  // namespace pathways::service
