// A real Kafka for tests.
//
// With PATHWAYS_TEST_KAFKA (bootstrap servers) that cluster is used. Without it the test process
// starts a single KRaft broker of its own on first use, from the jars in PATHWAYS_KAFKA_LIBS or,
// failing that, .cache/kafka/libs of the source tree, and stops it when it exits. With neither,
// std::runtime_error says what to run.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace pathways::testing {

// A broker that belongs to this process, which may be killed and started. Topics are not created by
// use. Not thread-safe.
class TestBroker {
 public:
  enum class StopMode { kOrderly, kKill };  // kKill: kill -9

  // A new broker on a free port; answers when it can be used.
  TestBroker();
  ~TestBroker();
  TestBroker(const TestBroker&) = delete;
  TestBroker& operator=(const TestBroker&) = delete;

  // The same port after every start.
  const std::string& bootstrap_servers() const { return bootstrap_servers_; }

  void Stop(StopMode mode = StopMode::kKill);
  // On the same data.
  void Start();

 private:
  std::filesystem::path directory_;
  std::string bootstrap_servers_;
  int port_ = 0;
  pid_t process_ = 0;
};

// Bootstrap servers of the cluster that this test run shares.
const std::string& SharedKafka();

// "<prefix>.<unlike any other>": topics are shared by all who use a cluster, so each test takes its
// own.
std::string UniqueTopic(std::string_view prefix);

}  // namespace pathways::testing
