#include "libs/testing/child_process.h"

#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>

namespace pathways::testing {
namespace {

// As posix_spawn wants them; the texts must outlive it.
std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

int RunChildTest(std::string_view test, const std::vector<std::string>& variables) {
  const std::vector<std::string> command = {"/proc/self/exe", "--gtest_also_run_disabled_tests",
                                            "--gtest_brief=1",
                                            "--gtest_filter=" + std::string(test)};
  pid_t child = 0;
  if (posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, Pointers(command).data(),
                  Pointers(variables).data()) != 0)
    return -1;
  int status = 0;
  if (waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

}  // namespace pathways::testing
