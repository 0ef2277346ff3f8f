#include "libs/service/executor.h"

#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/notification.h"

namespace pathways::service {
namespace {

TEST(Executor, RefusesWhatDoesNotFit) {
  absl::Notification started, release;
  std::atomic<int> ran = 0;
  {
    Executor executor(1, 2);
    ASSERT_TRUE(executor.TrySubmit([&] {
      started.Notify();
      release.WaitForNotification();
      ++ran;
    }));
    started.WaitForNotification();
    EXPECT_TRUE(executor.TrySubmit([&] { ++ran; }));
    EXPECT_TRUE(executor.TrySubmit([&] { ++ran; }));
    EXPECT_FALSE(executor.TrySubmit([&] { ++ran; }));
    release.Notify();
  }
  EXPECT_EQ(ran, 3);
}

TEST(Executor, WithoutAQueueTakesOneTaskAThread) {
  absl::Notification ready, release;
  std::atomic<int> running = 0;
  Executor executor(2, 0);
  const auto block = [&] {
    if (++running == 2) ready.Notify();
    release.WaitForNotification();
  };
  // Threads that have not begun to wait yet count as busy.
  while (!executor.TrySubmit(block)) std::this_thread::yield();
  while (!executor.TrySubmit(block)) std::this_thread::yield();
  ready.WaitForNotification();
  EXPECT_FALSE(executor.TrySubmit(block));
  release.Notify();
}

}  // namespace
}  // namespace pathways::service
