// Waiting for what other threads or processes bring about.
#pragma once

#include <chrono>
#include <functional>

namespace pathways::testing {

// Asks again and again, at short intervals, until the condition holds (true) or the limit has
// passed (false).
[[nodiscard]] bool WaitFor(const std::function<bool()>& condition,
                           std::chrono::milliseconds limit = std::chrono::seconds(10));

}  // namespace pathways::testing
