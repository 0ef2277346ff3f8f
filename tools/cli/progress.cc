#include "tools/cli/progress.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace pathways::cli {
namespace {

constexpr std::chrono::milliseconds kInterval{250};
constexpr const char* kWipe = "\r\x1b[K";

std::string Megabytes(std::int64_t bytes) {
  return absl::StrFormat("%.1f", static_cast<double>(bytes) / 1e6);
}

}  // namespace

ProgressLine::ProgressLine(Console& console, std::function<std::string()> describe)
    : console_(console) {
  if (!console.err_is_terminal) return;
  thread_ = std::thread([this, describe = std::move(describe)] { Run(describe); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  end_.notify_one();
  thread_.join();
  console_.err << kWipe << std::flush;
}

void ProgressLine::Run(const std::function<std::string()>& describe) {
  std::unique_lock lock(mutex_);
  while (!end_.wait_for(lock, kInterval, [&] { return ended_; })) {
    lock.unlock();
    const std::string text = describe();
    console_.err << kWipe << text << std::flush;
    lock.lock();
  }
}

std::string DescribeBytes(std::int64_t done, std::int64_t total) {
  if (total <= 0) return Megabytes(done) + " MB";
  return absl::StrCat(Megabytes(done), " of ", Megabytes(total), " MB, ",
                      std::min<std::int64_t>(100, 100 * done / total), " %");
}

}  // namespace pathways::cli
