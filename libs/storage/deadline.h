// Until when a piece of work may take.
#pragma once

#include <algorithm>
#include <chrono>

namespace pathways::storage {

// Counted on the steady clock, so that a corrected wall clock neither cuts work short nor lets it
// hang.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  static Deadline After(std::chrono::milliseconds time) { return Deadline(Clock::now() + time); }
  static Deadline At(Clock::time_point when) { return Deadline(when); }

  Clock::time_point when() const { return when_; }
  // Never negative.
  std::chrono::milliseconds remaining() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(when_ - Clock::now());
    return std::max(left, std::chrono::milliseconds(0));
  }
  bool passed() const { return Clock::now() >= when_; }

 private:
  explicit Deadline(Clock::time_point when) : when_(when) {}
  Clock::time_point when_;
};

}  // namespace pathways::storage
