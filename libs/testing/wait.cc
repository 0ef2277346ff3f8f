#include "libs/testing/wait.h"

#include <thread>

namespace pathways::testing {

bool WaitFor(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
  constexpr std::chrono::milliseconds kInterval(5);
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(kInterval);
  }
  return true;
}

}  // namespace pathways::testing
