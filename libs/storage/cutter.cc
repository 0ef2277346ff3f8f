#include "libs/storage/cutter.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pathways::storage {
namespace {

// The server itself stops statements in time; this is only for servers that cannot.
constexpr std::chrono::milliseconds kInterval(100);

}  // namespace

Cutter::Watch::Watch(int socket) : cutter_(Shared()), socket_(::fcntl(socket, F_DUPFD_CLOEXEC, 0)) {
  const std::lock_guard lock(cutter_->mutex_);
  cutter_->watches_.insert(this);
}

Cutter::Watch::~Watch() {
  {
    const std::lock_guard lock(cutter_->mutex_);
    cutter_->watches_.erase(this);
  }
  if (socket_ >= 0) ::close(socket_);
}

Cutter::Cutter() : thread_([this] { Loop(); }) {}

Cutter::~Cutter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

std::shared_ptr<Cutter> Cutter::Shared() {
  static std::mutex mutex;
  static std::weak_ptr<Cutter> shared;
  const std::lock_guard lock(mutex);
  auto cutter = shared.lock();
  if (cutter == nullptr) {
    cutter = std::shared_ptr<Cutter>(new Cutter);
    shared = cutter;
  }
  return cutter;
}

void Cutter::Loop() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, kInterval, [this] { return stop_; })) {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    for (Watch* watch : watches_) {
      if (watch->cut_at_.load() <= now) ::shutdown(watch->socket_, SHUT_RDWR);
    }
  }
}

}  // namespace pathways::storage
