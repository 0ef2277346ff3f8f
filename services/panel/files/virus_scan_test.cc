#include "services/panel/files/virus_scan.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace pathways::panel {
namespace {

using storage::Deadline;

constexpr std::chrono::seconds kLimit{20};

// Speaks clamd's protocol with one client, and knows one virus: the word EICAR.
class OneScan {
 public:
  OneScan() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    address_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { Serve(); });
  }
  ~OneScan() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  const std::string& address() const { return address_; }

 private:
  void Serve() const {
    const int client = accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    std::string content;
    if (Take(client, 10) == std::string("zINSTREAM\0", 10)) {
      for (std::size_t size = Length(client); size != 0; size = Length(client)) {
        content += Take(client, size);
      }
    }
    const std::string answer =
        content.find("EICAR") != std::string::npos ? "stream: Eicar-Test FOUND" : "stream: OK";
    EXPECT_GT(send(client, answer.c_str(), answer.size() + 1, MSG_NOSIGNAL), 0);
    close(client);
  }
  static std::string Take(int client, std::size_t size) {
    std::string taken(size, '\0');
    EXPECT_EQ(recv(client, taken.data(), size, MSG_WAITALL), static_cast<ssize_t>(size));
    return taken;
  }
  static std::size_t Length(int client) {
    std::size_t length = 0;
    for (const char octet : Take(client, 4))
      length = length << 8 | static_cast<unsigned char>(octet);
    return length;
  }

  int listener_;
  std::string address_;
  std::thread thread_;
};

TEST(VirusScan, OfAFileOfManyPiecesIsClean) {
  OneScan clamd;
  const auto found =
      ClamdScanner(clamd.address()).Scan(std::string(1 << 20, 'a'), Deadline::After(kLimit));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_FALSE(found->has_value());
}

TEST(VirusScan, NamesWhatItFinds) {
  OneScan clamd;
  const auto found = ClamdScanner(clamd.address())
                         .Scan(std::string(70000, 'a') + "EICAR", Deadline::After(kLimit));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, "Eicar-Test");
}

TEST(VirusScan, WithoutAnAnswerIsNotClean) {
  std::string gone;
  {
    OneScan clamd;
    gone = clamd.address();
  }
  EXPECT_EQ(ClamdScanner(gone).Scan("x", Deadline::After(kLimit)).status().code(),
            absl::StatusCode::kUnavailable);
  for (const char* answer : {"", "INSTREAM size limit exceeded. ERROR", "stream:  FOUND"}) {
    EXPECT_EQ(ReadClamdAnswer(answer).status().code(), absl::StatusCode::kUnavailable) << answer;
  }
}

}  // namespace
}  // namespace pathways::panel
