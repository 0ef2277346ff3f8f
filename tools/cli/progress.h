// The line that shows how far long work is.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "tools/cli/console.h"

namespace pathways::cli {

// While it lives, and only on a terminal, asks `describe` four times a second, on a thread of its
// own, and shows the answer on one line, which it wipes at the end.
class ProgressLine {
 public:
  ProgressLine(Console& console, std::function<std::string()> describe);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void Run(const std::function<std::string()>& describe);

  Console& console_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool ended_ = false;  // guarded by mutex_
  std::thread thread_;  // not running when this is no terminal
};

// "12 of 48 MB, 25 %", "12 MB".
std::string DescribeBytes(std::int64_t done, std::int64_t total);

}  // namespace pathways::cli
