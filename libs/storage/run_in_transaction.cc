#include "libs/storage/run_in_transaction.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <thread>

#include "libs/storage/errors.h"
#include "libs/storage/rows.h"

namespace pathways::storage::internal {
namespace {

constexpr int kTries = 4;
constexpr std::chrono::milliseconds kFirstPause(10);

absl::Status Try(Pool& pool, const RowScope& scope, Deadline deadline, TransactionOptions options,
                 const std::function<absl::Status(Transaction&)>& work) {
  auto transaction = pool.Begin(scope, deadline, options);
  if (!transaction.ok()) return transaction.status();
  try {
    if (absl::Status status = work(*transaction); !status.ok()) return status;
  } catch (const BadColumn& error) {
    return absl::InternalError(error.what());
  }
  return transaction->is_open() ? transaction->Commit() : absl::OkStatus();
}

// Doubled each time, and spread, so that those who collided do not collide again.
void Pause(int tries, Deadline deadline) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const std::chrono::duration<double, std::milli> pause =
      kFirstPause * (1 << (tries - 1)) * std::uniform_real_distribution(0.5, 1.5)(random);
  std::this_thread::sleep_for(
      std::min<std::chrono::duration<double, std::milli>>(pause, deadline.remaining()));
}

}  // namespace

absl::Status RunInTransaction(Pool& pool, const RowScope& scope, Deadline deadline,
                              TransactionOptions options,
                              const std::function<absl::Status(Transaction&)>& work) {
  for (int tries = 1;; ++tries) {
    absl::Status status = Try(pool, scope, deadline, options, work);
    if (status.ok() || !IsRetryable(status) || tries == kTries || deadline.passed()) return status;
    Pause(tries, deadline);
  }
}

}  // namespace pathways::storage::internal
