#include "libs/service/executor.h"

#include <utility>

namespace pathways::service {

Executor::Executor(int threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
  threads_.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

Executor::~Executor() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

bool Executor::TrySubmit(Task task) {
  absl::MutexLock lock(&mutex_);
  // Tasks on their way to an idle thread do not count as waiting.
  if (stopping_ || queue_.size() >= queue_limit_ + idle_) return false;
  queue_.push_back(std::move(task));
  return true;
}

void Executor::Work() {
  for (;;) {
    Task task;
    {
      absl::MutexLock lock(&mutex_);
      ++idle_;
      mutex_.Await(absl::Condition(this, &Executor::HasWork));
      --idle_;
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    std::move(task)();
  }
}

}  // namespace pathways::service
