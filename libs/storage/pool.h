// A bounded set of connections to one database.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/deadline.h"
#include "libs/storage/row_scope.h"
#include "libs/storage/transaction.h"

namespace pathways::storage {

// What the pool tells whoever keeps the metrics. Called from the threads that use the pool; must be
// thread-safe and quick.
class PoolObserver {
 public:
  virtual ~PoolObserver() = default;
  // A connection was handed out after that wait; zero when one was free.
  virtual void OnWait(std::chrono::nanoseconds waited) = 0;
  // Nobody gave one back in time: RESOURCE_EXHAUSTED.
  virtual void OnExhausted() = 0;
  virtual void OnConnect() = 0;
  // A connection broke, or could not be made.
  virtual void OnLost() = 0;
};

struct PoolOptions {
  std::string uri;  // postgresql://..., as libpq reads it
  int size = 8;     // about twice the database server's cores over all processes of a service
  // How long Begin() waits for a free connection at most; its deadline may be nearer.
  std::chrono::milliseconds max_wait{500};
  std::string application_name = "pathways";
  PoolObserver* observer = nullptr;  // must outlive the pool
};

enum class Isolation { kReadCommitted, kRepeatableRead, kSerializable };

struct TransactionOptions {
  Isolation isolation = Isolation::kReadCommitted;
  bool read_only = false;
};

// Thread-safe. Connects when first needed, so a service starts before its database and recovers
// when it comes back. Must outlive its transactions.
class Pool {
 public:
  // INVALID_ARGUMENT when the options cannot be used. Does not connect.
  static absl::StatusOr<std::unique_ptr<Pool>> Open(PoolOptions options);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // RESOURCE_EXHAUSTED when no connection became free in time; UNAVAILABLE when the database cannot
  // be reached; DEADLINE_EXCEEDED when the deadline has passed. Reaching a machine that does not
  // answer at all is given up after 3 s, the least libpq can count to, even when the deadline is
  // nearer.
  absl::StatusOr<Transaction> Begin(const RowScope& scope, Deadline deadline,
                                    TransactionOptions options = {});

  // Whether the database answers; for readiness.
  absl::Status Ping(Deadline deadline);

  int size() const;
  int in_use() const;

 private:
  friend class Transaction;
  class Impl;
  explicit Pool(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace pathways::storage
