// A fixed number of threads and a bounded queue: what does not fit is refused, not queued for ever.
#pragma once

#include <cstddef>
#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"

namespace pathways::service {

// Thread-safe.
class Executor {
 public:
  using Task = absl::AnyInvocable<void()>;

  Executor(int threads, std::size_t queue_limit);
  // Runs what is queued, then joins.
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // False, and the task is dropped, when all threads are busy and the queue is full. Tasks must not
  // throw.
  [[nodiscard]] bool TrySubmit(Task task);

 private:
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !queue_.empty();
  }
  void Work();

  const std::size_t queue_limit_;
  absl::Mutex mutex_;
  std::deque<Task> queue_ ABSL_GUARDED_BY(mutex_);
  std::size_t idle_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace pathways::service
