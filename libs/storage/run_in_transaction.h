// The usual way to use the database: a function of a transaction, tried again when that can help.
#pragma once

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/pool.h"

namespace pathways::storage {

namespace internal {
// Begins, calls, commits; retries with jittered back-off while IsRetryable() and the deadline
// allows, four tries at most.
absl::Status RunInTransaction(Pool& pool, const RowScope& scope, Deadline deadline,
                              TransactionOptions options,
                              const std::function<absl::Status(Transaction&)>& work);
}  // namespace internal

// Calls work(Transaction&), which returns absl::Status or absl::StatusOr<T>; commits when it is OK
// (unless it has done so itself) and answers what it returned. A failure rolls back. `work` may be
// called several times: it must start afresh each time and keep nothing from a call that failed.
// Never retries a commit in doubt.
template <typename Work>
requires std::invocable<Work&, Transaction&> std::invoke_result_t<Work&, Transaction&>
RunInTransaction(Pool& pool, const RowScope& scope, Deadline deadline, Work&& work,
                 TransactionOptions options = {}) {
  using Result = std::invoke_result_t<Work&, Transaction&>;
  if constexpr (std::same_as<Result, absl::Status>) {
    return internal::RunInTransaction(pool, scope, deadline, options, std::ref(work));
  } else {
    Result result = absl::InternalError("the transaction never ran");
    absl::Status status =
        internal::RunInTransaction(pool, scope, deadline, options, [&](Transaction& transaction) {
          result = work(transaction);
          return result.status();
        });
    if (!status.ok()) return status;
    return result;
  }
}

}  // namespace pathways::storage
