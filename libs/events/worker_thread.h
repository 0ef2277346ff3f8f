// A thread that can be asked to end, waited for with a deadline, and woken. Internal to this
// library.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "absl/status/status.h"

namespace pathways::events {

// `Derived` implements Run(), which returns soon after stopping() became true. Held by a
// shared_ptr, so that a thread that does not end in time can be left behind without its state
// vanishing under it.
class WorkerThread : public std::enable_shared_from_this<WorkerThread> {
 public:
  virtual ~WorkerThread() = default;

  void Start() {
    const std::lock_guard lock(mutex_);
    if (started_) return;
    started_ = true;
    std::thread([self = shared_from_this()] {
      self->Run();
      const std::lock_guard ended(self->mutex_);
      self->ended_ = true;
      self->changed_.notify_all();
    }).detach();
  }

  void Wake() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_all();
  }

  absl::Status Stop(std::chrono::milliseconds deadline) {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    if (!started_ || changed_.wait_for(lock, deadline, [this] { return ended_; })) {
      return absl::OkStatus();
    }
    return absl::DeadlineExceededError("the thread did not end in time");
  }

 protected:
  virtual void Run() = 0;

  bool stopping() const {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  // Until woken, asked to stop, or the time is over.
  void Sleep(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return woken_ || stopping_; });
    woken_ = false;
  }

  // Until asked to stop, or the time is over.
  void Rest(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return stopping_; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool started_ = false;
  bool stopping_ = false;
  bool ended_ = false;
  bool woken_ = false;
};

// Doubling waits with a fifth of jitter, so that many who lost the same server do not return at
// once.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds most)
      : first_(first), most_(most), next_(first) {}

  std::chrono::milliseconds Next() {
    const auto wait = next_;
    next_ = std::min(next_ * 2, most_);
    std::uniform_real_distribution<double> jitter(0.8, 1.2);
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(static_cast<double>(wait.count()) * jitter(generator_)));
  }
  void Reset() { next_ = first_; }

 private:
  std::chrono::milliseconds first_, most_, next_;
  std::minstd_rand generator_{std::random_device{}()};
};

}  // namespace pathways::events
