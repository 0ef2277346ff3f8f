#include "services/panel/files/virus_scan.h"

#include <curl/curl.h>
#include <poll.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathways::panel {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
constexpr std::size_t kLongestAnswer = 4096;

absl::Status NoAnswer(const std::string& why) {
  return absl::UnavailableError("the virus scanner does not answer: " + why);
}

struct FreeCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

// A TCP connection: libcurl finds the host and keeps the time while connecting.
class Connection {
 public:
  static absl::StatusOr<Connection> Open(const std::string& address, storage::Deadline deadline) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    Connection connection(deadline);
    CURL* curl = connection.curl_.get();
    if (curl == nullptr) return NoAnswer("libcurl cannot start");
    curl_easy_setopt(curl, CURLOPT_URL, absl::StrCat("http://", address).c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, connection.MillisecondsLeft());
    const CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) return NoAnswer(curl_easy_strerror(code));
    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &connection.socket_);
    return connection;
  }

  absl::Status Send(std::string_view bytes) {
    while (!bytes.empty()) {
      std::size_t sent = 0;
      const CURLcode code = curl_easy_send(curl_.get(), bytes.data(), bytes.size(), &sent);
      if (code == CURLE_AGAIN) {
        if (auto status = Wait(POLLOUT); !status.ok()) return status;
      } else if (code != CURLE_OK) {
        return NoAnswer(curl_easy_strerror(code));
      }
      bytes.remove_prefix(sent);
    }
    return absl::OkStatus();
  }

  // Until the other side ends it with an octet 0, or closes.
  absl::StatusOr<std::string> Answer() {
    std::string answer;
    while (answer.size() < kLongestAnswer && !answer.ends_with('\0')) {
      char buffer[512];
      std::size_t received = 0;
      const CURLcode code = curl_easy_recv(curl_.get(), buffer, sizeof buffer, &received);
      if (code == CURLE_AGAIN) {
        if (auto status = Wait(POLLIN); !status.ok()) return status;
        continue;
      }
      if (code != CURLE_OK) return NoAnswer(curl_easy_strerror(code));
      if (received == 0) break;
      answer.append(buffer, received);
    }
    return answer;
  }

 private:
  explicit Connection(storage::Deadline deadline) : curl_(curl_easy_init()), deadline_(deadline) {}

  long MillisecondsLeft() const {
    return std::max<long>(1, static_cast<long>(deadline_.remaining().count()));
  }

  absl::Status Wait(short events) {
    pollfd waiting{.fd = static_cast<int>(socket_), .events = events, .revents = 0};
    if (poll(&waiting, 1, static_cast<int>(MillisecondsLeft())) > 0) return absl::OkStatus();
    return NoAnswer("it took too long");
  }

  std::unique_ptr<CURL, FreeCurl> curl_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
  storage::Deadline deadline_;
};

// Four octets, the highest first.
std::string LengthPrefix(std::size_t size) {
  std::string prefix;
  for (int shift = 24; shift >= 0; shift -= 8) {
    prefix += static_cast<char>((size >> static_cast<unsigned>(shift)) & 0xFFU);
  }
  return prefix;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadClamdAnswer(std::string_view answer) {
  constexpr std::string_view kAbout = "stream: ";
  constexpr std::string_view kFound = " FOUND";
  answer = answer.substr(0, answer.find_last_not_of(std::string_view("\0\r\n ", 4)) + 1);
  if (answer.starts_with(kAbout)) {
    const std::string_view said = answer.substr(kAbout.size());
    if (said == "OK") return std::optional<std::string>();
    if (said.size() > kFound.size() && said.ends_with(kFound)) {
      return std::optional<std::string>(said.substr(0, said.size() - kFound.size()));
    }
  }
  return NoAnswer("it said \"" + std::string(answer) + "\"");
}

absl::StatusOr<std::optional<std::string>> ClamdScanner::Scan(std::string_view content,
                                                              storage::Deadline deadline) {
  auto connection = Connection::Open(address_, deadline);
  if (!connection.ok()) return connection.status();
  absl::Status status = connection->Send(std::string_view("zINSTREAM\0", 10));
  for (std::size_t at = 0; status.ok() && at < content.size(); at += kChunkBytes) {
    const std::string_view chunk = content.substr(at, kChunkBytes);
    status = connection->Send(LengthPrefix(chunk.size()));
    if (status.ok()) status = connection->Send(chunk);
  }
  if (status.ok()) status = connection->Send(LengthPrefix(0));
  if (!status.ok()) return status;
  const auto answer = connection->Answer();
  if (!answer.ok()) return answer.status();
  return ReadClamdAnswer(*answer);
}

}  // namespace pathways::panel
