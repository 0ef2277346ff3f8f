// A pupil's exclusions at every school.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/sql.h"
#include "libs/storage/transaction.h"

namespace pathways::exclusions {

namespace internal {
absl::Status Widen(storage::Transaction& transaction);
absl::Status Narrow(storage::Transaction& transaction);
absl::Status StatusOf(const absl::Status& status);
template <typename T>
absl::Status StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}
}  // namespace internal

// Runs `work()` with the rows of all schools in sight, whoever asks. The law sums days over schools
// that may not see each other's records: only sums, dates and what follows from them may leave
// `work`, and what it writes is what the rules work out. What a person wrote is written outside it,
// under their own scope. The transaction's own scope holds again afterwards; when `work` fails, the
// transaction can only be rolled back.
template <typename Work>
auto WithWholePupil(storage::Transaction& transaction, Work&& work) -> decltype(work()) {
  if (transaction.scope().everything) return work();
  if (auto status = internal::Widen(transaction); !status.ok()) return status;
  auto result = work();
  if (!internal::StatusOf(result).ok()) return result;
  if (auto status = internal::Narrow(transaction); !status.ok()) return status;
  return result;
}

}  // namespace pathways::exclusions
