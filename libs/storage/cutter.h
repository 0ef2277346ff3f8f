// Private to this library: ends connections that keep somebody waiting past a deadline.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace pathways::storage {

// libpq waits without limit for a server that has stopped answering (a stopped process keeps its
// sockets alive), and has no way to say until when. One thread for the whole process shuts such
// sockets down; their users then see a lost connection. Thread-safe.
class Cutter {
 public:
  // A connection's socket under watch. Holds a duplicate of the descriptor, so that closing and
  // reusing the number elsewhere cannot hit a stranger.
  class Watch {
   public:
    explicit Watch(int socket);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    void CutAt(std::chrono::steady_clock::time_point when) {
      cut_at_.store(when.time_since_epoch().count());
    }
    void Never() { cut_at_.store(kNever); }

   private:
    friend class Cutter;
    static constexpr std::chrono::steady_clock::rep kNever =
        std::chrono::steady_clock::time_point::max().time_since_epoch().count();

    std::shared_ptr<Cutter> cutter_;
    int socket_;
    std::atomic<std::chrono::steady_clock::rep> cut_at_ = kNever;
  };

  ~Cutter();

 private:
  Cutter();
  static std::shared_ptr<Cutter> Shared();
  void Loop();

  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;
  std::set<Watch*> watches_;
  std::thread thread_;
};

}  // namespace pathways::storage
