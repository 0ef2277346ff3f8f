#include "libs/testing/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pathways::testing {
namespace {

// In the child, where only async-signal-safe calls are allowed.
[[noreturn]] void Become(char* const* arguments, int log, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGINT);  // to PostgreSQL and the Java runtime: end now, in order
  if (::getppid() != parent) ::_exit(126);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::setpgid(0, 0);  // Ctrl-C at the test's terminal must not reach it before the test has used it
  ::execvp(arguments[0], arguments);
  ::_exit(127);
}

}  // namespace

pid_t Spawn(const std::vector<std::string>& command, const std::filesystem::path& log) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const pid_t parent = ::getpid();
  const pid_t child = file < 0 ? -1 : ::fork();
  if (child == 0) Become(arguments.data(), file, parent);
  if (file >= 0) ::close(file);
  if (child < 0)
    throw std::runtime_error("cannot start " + command[0] + ": " + std::strerror(errno));
  return child;
}

void Run(const std::vector<std::string>& command, const std::filesystem::path& log) {
  int status = 0;
  const pid_t child = Spawn(command, log);
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error(command[0] + " failed:\n" + ReadText(log));
  }
}

void End(pid_t process, int signal) {
  ::kill(process, signal);
  while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool IsRunning(pid_t process) { return ::waitpid(process, nullptr, WNOHANG) == 0; }

std::string ReadText(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int FreePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

std::filesystem::path MakeTemporaryDirectory(const std::string& prefix) {
  std::string name = (std::filesystem::temp_directory_path() / (prefix + "-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  return name;
}

}  // namespace pathways::testing
