#include "libs/testing/kafka.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <random>
#include <stdexcept>
#include <vector>

#include "libs/storage/migrations.h"
#include "libs/testing/process.h"
#include "libs/testing/wait.h"

namespace pathways::testing {
namespace {

// A broker that was killed checks its files before it answers; on two busy cores that took 20 s.
constexpr std::chrono::seconds kLimit(120);

std::filesystem::path Libraries() {
  const char* given = std::getenv("PATHWAYS_KAFKA_LIBS");
  const auto folder = given != nullptr && *given != '\0'
                          ? std::filesystem::path(given)
                          : storage::HomeDirectory() / ".cache" / "kafka" / "libs";
  if (!std::filesystem::exists(folder)) {
    throw std::runtime_error(
        "no Kafka in " + folder.string() +
        ": run `./pathways up` once, which fetches it, or set PATHWAYS_KAFKA_LIBS or "
        "PATHWAYS_TEST_KAFKA");
  }
  return folder;
}

std::vector<std::string> Java(std::vector<std::string> program) {
  const auto logging = storage::HomeDirectory() / "tools" / "kafka" / "log4j2.xml";
  std::vector<std::string> command = {"java",
                                      "-Xms128m",
                                      "-Xmx512m",
                                      "-XX:+UseSerialGC",
                                      "-XX:TieredStopAtLevel=1",
                                      "-Djava.awt.headless=true",
                                      "-Dlog4j2.configurationFile=" + logging.string(),
                                      "-cp",
                                      Libraries().string() + "/*"};
  command.insert(command.end(), program.begin(), program.end());
  return command;
}

std::string Loopback(int port) { return "127.0.0.1:" + std::to_string(port); }

// As a run of ours is configured, with this broker's own ports and folder.
void WriteConfiguration(const std::filesystem::path& file, int port, int controller_port,
                        const std::filesystem::path& data) {
  std::ofstream(file) << ReadText(storage::HomeDirectory() / "tools" / "kafka" /
                                  "server.properties")
                      << "\nlisteners=PLAINTEXT://" << Loopback(port) << ",CONTROLLER://"
                      << Loopback(controller_port) << "\nadvertised.listeners=PLAINTEXT://"
                      << Loopback(port)
                      << "\ncontroller.quorum.bootstrap.servers=" << Loopback(controller_port)
                      << "\nlog.dirs=" << data.string() << "\n";
}

// Sixteen octets in Kafka's alphabet; "A" first, as its tools take a leading "-" for an option.
std::string ClusterId() {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::random_device random;
  std::string id = "A";
  while (id.size() < 21) id += kAlphabet[random() % kAlphabet.size()];
  return id + "A";  // the last character carries two bits only
}

bool Answers(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool connected =
      ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  ::close(socket);
  return connected;
}

}  // namespace

TestBroker::TestBroker() : directory_(MakeTemporaryDirectory("pathways-kafka")), port_(FreePort()) {
  bootstrap_servers_ = Loopback(port_);
  const auto configuration = directory_ / "server.properties";
  WriteConfiguration(configuration, port_, FreePort(), directory_ / "data");
  Run(Java({"kafka.tools.StorageTool", "format", "--standalone", "-t", ClusterId(), "-c",
            configuration.string()}),
      directory_ / "format.log");
  Start();
}

TestBroker::~TestBroker() {
  Stop(StopMode::kKill);
  std::error_code ignored;  // a file left behind in the temporary folder fails no test
  std::filesystem::remove_all(directory_, ignored);
}

void TestBroker::Start() {
  if (process_ != 0) return;
  process_ = Spawn(Java({"kafka.Kafka", (directory_ / "server.properties").string()}),
                   directory_ / "kafka.log");
  // It accepts connections only once it can serve.
  const bool answers = WaitFor([this] { return !IsRunning(process_) || Answers(port_); }, kLimit);
  if (answers && IsRunning(process_)) return;
  throw std::runtime_error("Kafka does not start:\n" + ReadText(directory_ / "kafka.log"));
}

void TestBroker::Stop(StopMode mode) {
  if (process_ == 0) return;
  End(process_, mode == StopMode::kKill ? SIGKILL : SIGTERM);
  process_ = 0;
}

const std::string& SharedKafka() {
  static const std::string servers = [] {
    const char* given = std::getenv("PATHWAYS_TEST_KAFKA");
    if (given != nullptr && *given != '\0') return std::string(given);
    static const TestBroker broker;
    return broker.bootstrap_servers();
  }();
  return servers;
}

std::string UniqueTopic(std::string_view prefix) {
  static const std::string run =
      std::to_string(::getpid()) + "." + std::to_string(std::random_device{}());
  static std::atomic<int> count = 0;
  return std::string(prefix) + "." + run + "." + std::to_string(++count);
}

}  // namespace pathways::testing
